package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the sources of what programs are built on. */
final class PublicTypesTest {

    private static final List<Path> SOURCES = List.of(
            Path.of("../ohhhllama-api/src/main/java"),
            Path.of("../ohhhllama-api/src/test/java/io/github/ohhhllama/testing"),
            Path.of("../ohhhllama-queue/src/main/java"),
            Path.of("../ohhhllama-proxy-undertow/src/main/java"),
            Path.of("../ohhhllama-spring-boot-starter/src/main/java"));

    /** A type at the left margin, after its annotations; its Javadoc stands before them. */
    private static final Pattern TYPE = Pattern.compile(
            "(?m)^(?:@.*\\R)*public (?:sealed |non-sealed |final |abstract )*(?:class|interface|record|enum|@interface) ");

    static List<Path> publicTypes() throws IOException {
        List<Path> types = new ArrayList<>();
        for (Path sources : SOURCES) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.toString().contains("/internal/"))
                        .filter(file -> type(file).find())
                        .forEach(types::add);
            }
        }
        return types;
    }

    @ParameterizedTest
    @MethodSource("publicTypes")
    void saysSinceWhenItIsThere(Path file) throws IOException {
        Matcher type = type(file);
        assertThat(type.find()).isTrue();
        String before = Files.readString(file).substring(0, type.start());

        assertThat(before.substring(Math.max(0, before.lastIndexOf("/**"))))
                .as("the Javadoc of the type in %s", file)
                .startsWith("/**")
                .containsPattern("@since [0-9]+\\.[0-9]+\\.[0-9]+");
    }

    private static Matcher type(Path file) {
        try {
            return TYPE.matcher(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
