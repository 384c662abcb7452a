package io.github.ohhhllama.proxy.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RemovalBodyTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":\"a\"}", "{\"name\":\"a\"}", "{\"Name\":\"b\",\"MODEL\":\"a\"}"})
    void shouldMeanAModel(String body) throws BadBodyException {
        assertThat(parse(body)).isEqualTo(new RemovalBody(OptionalLong.empty(), "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":42}", "{\"id\":1,\"ID\":42}", "{\"id\":42,\"model\":\"\",\"name\":null}"})
    void shouldMeanAnEntry(String body) throws BadBodyException {
        assertThat(parse(body)).isEqualTo(new RemovalBody(OptionalLong.of(42), ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                          | missing request body",
                "{}                          | expected either \"model\" or \"id\"",
                "null                        | expected either \"model\" or \"id\"",
                "{\"id\":null}               | expected either \"model\" or \"id\"",
                "{\"id\":1,\"model\":\"a\"}  | expected either \"model\" or \"id\"",
                "{\"id\":0}                  | id must be a positive integer, was 0",
                "{\"id\":-1}                 | id must be a positive integer, was -1",
                "{\"id\":1.5}                | id must be a positive integer, was 1.5",
                "{\"id\":1e2}                | id must be a positive integer, was 1e2",
                "{\"id\":9223372036854775808} | id must be a positive integer, was 9223372036854775808",
                "{\"id\":\"1\"}              | id must be a positive integer, was a JSON string",
                "{\"model\":1}               | json: cannot unmarshal number into Go struct field RemovalRequest.model of type string",
            })
    void shouldRefuse(String body, String message) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(BadBodyException.class)
                .hasMessage(message);
    }

    @Test
    void shouldReadTheNameOfADelete() throws BadBodyException {
        assertThat(NameBody.parse(bytes("{\"name\":\"a\"}")).model()).isEqualTo("a");
        assertThat(NameBody.parse(bytes("{\"name\":\"a\",\"model\":\"b\"}")).model())
                .isEqualTo("b");
        assertThat(NameBody.parse(bytes("{}")).model()).isEmpty();
    }

    private static RemovalBody parse(String body) throws BadBodyException {
        return RemovalBody.parse(bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
