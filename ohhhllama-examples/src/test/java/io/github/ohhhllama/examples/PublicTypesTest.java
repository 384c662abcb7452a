package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.Tree;
import io.github.ohhhllama.examples.PublicSources.Member;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what the types that programs are built on say of themselves. */
final class PublicTypesTest {

    private static final Pattern SINCE = Pattern.compile("@since [0-9]+\\.[0-9]+\\.[0-9]+");
    private static final Pattern THREADS = Pattern.compile("(?i)\\b(thread-safe|immutable|threads?)\\b");
    private static final Pattern THROWN = Pattern.compile("@throws\\s+(\\w+)\\s+(\\w+)");
    private static final Set<Tree.Kind> VALUES = Set.of(Tree.Kind.RECORD, Tree.Kind.ENUM);

    private static List<PublicSources.Type> types = List.of();

    static List<PublicSources.Type> types() throws IOException {
        if (types.isEmpty()) {
            types = PublicSources.types();
        }
        return types;
    }

    static Stream<PublicSources.Type> outermostTypes() throws IOException {
        return types().stream().filter(type -> type.outer() == null);
    }

    static Stream<Member> members() throws IOException {
        return types().stream().flatMap(type -> type.members().stream());
    }

    @Test
    void allOfThemAreRead() throws IOException {
        assertThat(types())
                .extracting(PublicSources.Type::name)
                .contains(
                        "QueueService",
                        "EnqueueResult.Queued",
                        "Ohhhllama.Builder",
                        "Access",
                        "FakeOllama",
                        "OhhhllamaProperties");
    }

    @ParameterizedTest
    @MethodSource("outermostTypes")
    void saysSinceWhenItIsThere(PublicSources.Type type) {
        assertThat(type.javadoc()).containsPattern(SINCE);
    }

    /** For values (records, enums, sealed results) within another type, that one speaks; all others speak for themselves. */
    @ParameterizedTest
    @MethodSource("types")
    void saysWhatThreadsMayDoWithIt(PublicSources.Type type) {
        PublicSources.Type speaker = type;
        while (speaker.outer() != null && (VALUES.contains(speaker.kind()) || speaker.isSealed())) {
            speaker = speaker.outer();
        }
        assertThat(speaker.javadoc()).containsPattern(THREADS);
    }

    @ParameterizedTest
    @MethodSource("types")
    void saysWhenItIsThrown(PublicSources.Type type) {
        if (type.name().endsWith("Exception")) {
            assertThat(type.javadoc().strip()).startsWith("Thrown when ");
        }
    }

    /** Where null is not allowed, the package says so once for all. */
    @ParameterizedTest
    @MethodSource("members")
    void saysWhatItThrowsAndWhen(Member member) {
        List<String> said = THROWN.matcher(member.javadoc())
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(said).containsAll(member.thrown());
        assertThat(THROWN.matcher(member.javadoc()).results().map(found -> found.group(2)))
                .allMatch(word -> word.equals("if") || word.equals("when"), "is a condition");
    }
}
