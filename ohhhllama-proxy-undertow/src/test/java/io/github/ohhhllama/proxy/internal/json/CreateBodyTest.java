package io.github.ohhhllama.proxy.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CreateBodyTest {

    static Stream<GoTable.Row> whatGoMakesOfBodies() {
        return GoTable.rows("create-bodies.tsv");
    }

    static Stream<GoTable.Row> whatGoAccepts() {
        return whatGoMakesOfBodies().filter(row -> !row.isRefused());
    }

    @ParameterizedTest
    @MethodSource("whatGoMakesOfBodies")
    void shouldUnderstandBodiesAsGoDoes(GoTable.Row row) {
        assertThat(outcome(row.body())).isEqualTo(row.outcome());
    }

    @ParameterizedTest
    @MethodSource("whatGoAccepts")
    void shouldMeanTheSameWhenRebuilt(GoTable.Row row) throws BadBodyException {
        CreateBody body = CreateBody.parse(row.body());

        byte[] rebuilt = body.rebuilt(body.from().isEmpty() ? null : body.from(), false);

        assertThat(outcome(rebuilt)).isEqualTo(row.outcome());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"m\",\"from\":\"a\"}                                 | {\"model\":\"m\",\"from\":\"z\"}",
                "{\"FROM\":\"a\",\"model\":\"m\",\"fr\\u006fm\":\"b\",\"From\":null} | {\"from\":\"z\",\"model\":\"m\"}",
                "{\"model\":\"m\"}                                                | {\"model\":\"m\",\"from\":\"z\"}",
                "{\"from\":\"a\"}{\"from\":\"b\"}                                 | {\"from\":\"z\"}",
                "{\"from\":\"a\",\"x\":{\"from\":\"b\",\"n\":[1.0,1e999,-0]}}     | {\"from\":\"z\",\"x\":{\"from\":\"b\",\"n\":[1.0,1e999,-0]}}",
                "{ \"from\" : \"a\" , \"x\" : 123456789012345678901 } trailing    | {\"from\":\"z\",\"x\":123456789012345678901}",
                "{\"from\":\"a\",\"y\":null,\"y\":true,\"Y\":\"\\u00e9\\n\"}      | {\"from\":\"z\",\"y\":null,\"y\":true,\"Y\":\"\\u00e9\\n\"}",
                "null                                                             | {\"from\":\"z\"}",
            })
    void shouldLeaveOneFromAndAllElseAsItWas(String body, String rebuilt) throws BadBodyException {
        assertThat(CreateBody.parse(bytes(body)).rebuilt("z", false))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(rebuilt);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 248, 249, 250, 251, 499, 500, 501, 9_999})
    void shouldRebuildWhatIsNestedAsDeepAsGoAllows(int levels) throws BadBodyException {
        String arrays = "[".repeat(levels) + "null,1e999" + "],2".repeat(levels - 1) + "]";
        String objects = "{\"a\":".repeat(levels) + "null" + ",\"b\":12345678901234567890}".repeat(levels);

        for (String deep : List.of(arrays, objects)) {
            String body = "{\"x\":" + deep + ",\"y\":1" + "0".repeat(99) + "}";
            assertThat(CreateBody.parse(bytes(body)).rebuilt(null, false))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(body);
        }
    }

    @Test
    void shouldSeeANumberThatIsTooLargeHoweverDeepItLies() {
        String deep = "{\"license\":" + "[".repeat(9_000) + "1e999,1e9999" + "]".repeat(9_000) + "}";

        assertThat(outcome(bytes(deep)))
                .containsExactly(
                        "400",
                        "json: cannot unmarshal number 1e999 into Go struct field CreateRequest.license of type float64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"stream\":false,\"from\":\"a\"}                     | {\"stream\":true,\"from\":\"z\"}",
                "{\"from\":\"a\",\"Stream\":true,\"STREAM\":false}   | {\"from\":\"z\",\"stream\":true}",
                "{\"x\":1}                                                 | {\"x\":1,\"from\":\"z\"}",
                "{\"stream\":false,\"x\":1}                               | {\"stream\":true,\"x\":1,\"from\":\"z\"}",
            })
    void shouldAskForLines(String body, String rebuilt) throws BadBodyException {
        assertThat(CreateBody.parse(bytes(body)).rebuilt("z", true))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(rebuilt);
    }

    @Test
    void shouldLeaveOutFromWhenThereIsNone() throws BadBodyException {
        CreateBody body = CreateBody.parse(bytes("{\"from\":null,\"model\":\"m\",\"FROM\":\"\"}"));

        assertThat(body.rebuilt(null, false)).asString(StandardCharsets.UTF_8).isEqualTo("{\"model\":\"m\"}");
    }

    @Test
    void shouldReplaceLoneSurrogates() throws BadBodyException {
        CreateBody body = CreateBody.parse(bytes("{\"model\":\"a\\ud800b\\ud83d\\ude00\"}"));

        assertThat(body.model()).isEqualTo("a\uFFFDb\uD83D\uDE00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FROM llama3                               | llama3",
                "# FROM x\\nfrom\\tllama3:8b  \\nSYSTEM x   | llama3:8b",
                "FROM \\\"llama3\\\"                       | llama3",
                "FROM ./model.gguf\\nFROM hf.co/a/b        | hf.co/a/b",
                "FROM llama3\\r\\nFROM mistral             | llama3,mistral",
                "FROM /var/model.gguf                      | ``",
                "FROM @sha256:0123                         | ``",
                "SYSTEM FROM x                             | ``",
                "FROM                                      | ``",
            })
    void shouldFindTheModelsOfAModelfile(String modelfile, String models) throws BadBodyException {
        CreateBody body = CreateBody.parse(bytes("{\"name\":\"mine\",\"modelfile\":\"" + modelfile + "\"}"));

        assertThat(String.join(",", body.legacyBases())).isEqualTo(models);
    }

    @Test
    void shouldFindNoModelsWithoutAModelfile() throws BadBodyException {
        assertThat(CreateBody.parse(bytes("{\"modelfile\":5}")).legacyBases()).isEmpty();
        assertThat(CreateBody.parse(bytes("{}")).legacyBases()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.5.4, true",
        "0.5.5, false",
        "0.33.0, false",
        "0.33.0-rc2, false",
        "0.0.0, true",
        "'', true",
        "x, true"
    })
    void shouldKnowWhichOllamaReadsAModelfile(String version, boolean read) {
        assertThat(CreateBody.isModelfileRead(version)).isEqualTo(read);
    }

    private static List<String> outcome(byte[] bytes) {
        try {
            CreateBody body = CreateBody.parse(bytes);
            body.check();
            return List.of(
                    "ok",
                    GoTable.escaped(body.model()),
                    GoTable.escaped(body.from()),
                    GoTable.escaped(body.remoteHost()),
                    String.valueOf(body.stream()));
        } catch (BadBodyException refused) {
            return List.of("400", String.valueOf(refused.getMessage()));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
