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

    /** Go's {@code maxNestingDepth}; the object itself is one of the levels. */
    @ParameterizedTest
    @ValueSource(ints = {1, 248, 249, 250, 251, 499, 500, 501, 9_999})
    void shouldTakeNestingThatGoTakes(int levels) {
        String arrays = "[".repeat(levels) + "1,null" + "],2".repeat(levels - 1) + "]";
        String objects = "{\"a\":".repeat(levels) + "1e9" + ",\"b\":true}".repeat(levels);

        for (String deep : List.of(arrays, objects)) {
            assertThat(outcome(bytes("{\"model\":\"a\",\"x\":" + deep + ",\"insecure\":true}")))
                    .containsExactly("ok", "a", "true", "true");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 1_000_000})
    void shouldRefuseNestingThatGoRefuses(int levels) {
        assertThat(outcome(bytes("{\"model\":\"a\",\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}")))
                .containsExactly("400", "invalid character '[' exceeded max depth");
        assertThat(outcome(bytes("{\"model\":\"a\",\"x\":" + "{\"a\":".repeat(levels))))
                .containsExactly("400", "invalid character '{' exceeded max depth");
    }

    @Test
    void shouldLeaveTheBodyAsItIs() throws BadBodyException {
        byte[] body = bytes("{ \"model\" : \"a\" } x");

        PullBody.parse(body);

        assertThat(body).asString(StandardCharsets.UTF_8).isEqualTo("{ \"model\" : \"a\" } x");
    }

    @Test
    void shouldTellAFaultThatLiesDeep() {
        String deep = "{\"model\":\"a\",\"x\":" + "[".repeat(9_000);

        assertThat(outcome(bytes(deep + "tRue")))
                .containsExactly("400", "invalid character 'R' in literal true (expecting 'r')");
        assertThat(outcome(bytes(deep + "]}"))).containsExactly("400", "invalid character '}' after array element");
        assertThat(outcome(bytes(deep))).containsExactly("400", "unexpected EOF");
    }

    /** 2 to the power of 64 divides the first digits of these. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "18446744073709551616", "-1", "-18446744073709551616"})
    void shouldTakeNumbersOfAnyLength(String digits) {
        String number = digits + "0".repeat(100_000);

        assertThat(outcome(bytes("{\"model\":\"a\",\"x\":" + number + "}")))
                .containsExactly("ok", "a", "false", "true");
        assertThat(outcome(bytes("{\"model\":" + number + "}")))
                .containsExactly(
                        "400", "json: cannot unmarshal number into Go struct field PullRequest.model of type string");
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
