package io.github.ohhhllama.proxy.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PullBodyTest {

    static Stream<GoTable.Row> whatGoMakesOfBodies() {
        return GoTable.rows("pull-bodies.tsv");
    }

    @ParameterizedTest
    @MethodSource("whatGoMakesOfBodies")
    void shouldUnderstandBodiesAsGoDoes(GoTable.Row row) {
        assertThat(outcome(row.body())).isEqualTo(row.outcome());
    }

    @Test
    void shouldRefuseDeepNestingInsteadOfOverflowing() {
        String deep = "{\"model\":\"a\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(outcome(bytes(deep))).containsExactly("400", "invalid character '[' exceeded max depth");
    }

    @Test
    void shouldTakeNestingThatNoClientExceeds() {
        String deep = "{\"model\":\"a\",\"x\":" + "[".repeat(200) + "]".repeat(200) + "}";

        assertThat(outcome(bytes(deep))).containsExactly("ok", "a", "false", "true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"a\"/**/}",
                "{\"model\":\"a\";\"name\":\"b\"}",
                "{\"model\"=>\"a\"}",
                "{\"model\":[1;2]}",
                "# a\n{\"model\":\"a\"}",
            })
    void shouldRefuseWhatOnlyALenientReaderTakes(String body) {
        assertThatThrownBy(() -> PullBody.parse(bytes(body)))
                .isInstanceOf(BadBodyException.class)
                .hasMessageStartingWith("invalid character '");
    }

    private static List<String> outcome(byte[] body) {
        try {
            PullBody pull = PullBody.parse(body);
            return List.of(
                    "ok",
                    GoTable.escaped(pull.model()),
                    String.valueOf(pull.insecure()),
                    String.valueOf(pull.stream()));
        } catch (BadBodyException refused) {
            return List.of("400", String.valueOf(refused.getMessage()));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
