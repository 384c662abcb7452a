package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the version that the documents show to the one that the project has. */
final class ShownVersionTest {

    private static final Pattern PROJECT =
            Pattern.compile("<artifactId>ohhhllama-parent</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern SHOWN = Pattern.compile(
            "<groupId>io\\.github\\.ohhhllama</groupId>\\s*<artifactId>[^<]+</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern CHANGED = Pattern.compile("^ *perl -pi .*<version>.*' (.+)$", Pattern.MULTILINE);

    static List<Markdown> documents() {
        return Markdown.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyDependencyIsShownWithTheVersionOfTheProject(Markdown document) throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));

        assertThat(shown(document)).as(document + " shows").isSubsetOf(first(PROJECT, pom));
    }

    @Test
    void releasingChangesEveryDocumentThatShowsAVersion() {
        List<String> showing = documents().stream()
                .filter(document -> !shown(document).isEmpty())
                .map(Markdown::toString)
                .toList();
        String releasing =
                String.join("\n", Markdown.read(Path.of("../RELEASING.md")).lines());

        assertThat(first(CHANGED, releasing).split(" ")).containsExactlyElementsOf(showing);
    }

    private static List<String> shown(Markdown document) {
        return document.fences().stream()
                .flatMap(fence -> SHOWN.matcher(fence.text()).results())
                .map(version -> version.group(1))
                .toList();
    }

    private static String first(Pattern pattern, String text) {
        MatchResult found = pattern.matcher(text).results().findFirst().orElseThrow();
        return found.group(1);
    }
}
