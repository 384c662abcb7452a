package io.github.ohhhllama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares with what Ollama's own code made of three thousand odd names; see the head of the table. */
final class ModelNameVectorsTest {

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    @Test
    void acceptsWhatOllamaAccepts() throws IOException {
        List<Vector> valid = vectors().stream().filter(Vector::valid).toList();

        assertThat(valid).hasSizeGreaterThan(1000).allSatisfy(vector -> {
            ModelName name = ModelName.parse(vector.input());
            assertThat(name.canonical()).isEqualTo(vector.canonical());
            assertThat(name.display()).isEqualTo(vector.display());
            assertThat(name.spelling()).isEqualTo(vector.spelling());
            assertThat(name.cloud()).isEqualTo(vector.note().equals("cloud"));
        });
    }

    @Test
    void refusesWhatOllamaRefusesInItsWords() throws IOException {
        List<Vector> invalid =
                vectors().stream().filter(vector -> !vector.valid()).toList();

        assertThat(invalid)
                .hasSizeGreaterThan(1000)
                .allSatisfy(vector -> assertThatThrownBy(() -> ModelName.parse(vector.input()))
                        .isInstanceOf(InvalidModelNameException.class)
                        .hasMessage(vector.note()));
    }

    @Test
    void readsWhatItWroteTheSameWayAgain() throws IOException {
        assertThat(vectors()).filteredOn(Vector::valid).allSatisfy(vector -> {
            ModelName name = ModelName.parse(vector.input());
            assertThat(ModelName.parse(name.spelling())).isEqualTo(name);
            assertThat(ModelName.parse(name.spelling()).spelling()).isEqualTo(name.spelling());
            assertThat(ModelName.parse(name.canonical())).isEqualTo(name);
            assertThat(ModelName.parse(name.display())).isEqualTo(name);
            assertThat(ModelName.parse(name.key())).isEqualTo(name);
        });
    }

    private static List<Vector> vectors() throws IOException {
        try (InputStream table = ModelNameVectorsTest.class.getResourceAsStream("model-names.tsv")) {
            String text = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Vector::parse)
                    .toList();
        }
    }

    private record Vector(String input, boolean valid, String canonical, String display, String spelling, String note) {

        static Vector parse(String line) {
            String[] columns = line.split("\t", -1);
            return new Vector(
                    unescape(columns[0]),
                    columns[1].equals("valid"),
                    columns[2],
                    columns[3],
                    columns[4],
                    unescape(columns[5]));
        }

        /** Reads a JSON string in which every escape has the long form. */
        private static String unescape(String json) {
            return ESCAPE.matcher(json.substring(1, json.length() - 1))
                    .replaceAll(escape ->
                            Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
        }
    }
}
