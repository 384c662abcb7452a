package io.github.ohhhllama.proxy.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines are Ollama v0.33's. */
final class CreateLinesTest {

    private static final String MANIFEST = "{\"status\":\"pulling manifest\"}";
    private static final String HERE =
            "{\"status\":\"pulling 97d6e60f5636\",\"digest\":\"sha256:97\",\"total\":600,\"completed\":600}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                                                             | false | false",
                "{\"status\":\"pulling 37f2f20ee3e9\",\"digest\":\"sha256:3\",\"total\":205} | true  | false",
                "{\"status\":\"pulling 3\",\"digest\":\"sha256:3\",\"total\":205,\"completed\":204} | true | false",
                "{\"status\":\"pulling model\",\"digest\":\"sha256:model\",\"total\":9}       | true  | false",
                "{\"status\":\"verifying sha256 digest\"}                                     | false | true",
                "{\"status\":\"writing manifest\"}                                            | false | true",
                "{\"error\":\"pull model manifest: file does not exist\"}                     | false | true",
                "null                                                                         | false | true",
                "{                                                                            | false | true",
                "{\"status\":1}                                                               | false | true"
            })
    void knowsADownloadByWhatIsMissing(String line, boolean download, boolean beyond) {
        CreateLines lines = read(0, MANIFEST, HERE, line == null ? HERE : line);

        assertThat(lines.isDownload()).isEqualTo(download);
        assertThat(lines.isBeyond()).isEqualTo(beyond);
    }

    @Test
    void isBeyondADownloadAtTheFirstWordOfSomethingElse() {
        CreateLines lines = read(0, "{\"status\":\"quantizing F16 model to Q4_K_M\",\"digest\":\"0\",\"total\":9}");

        assertThat(lines.isBeyond()).isTrue();
        assertThat(lines.isDownload()).isFalse();
    }

    @Test
    void countsWhatWasMissingAtFirstUpToTheAllowance() {
        String half = "{\"status\":\"pulling 1\",\"digest\":\"1\",\"total\":10,\"completed\":5}";
        String whole = "{\"status\":\"pulling 1\",\"digest\":\"1\",\"total\":10,\"completed\":10}";
        String more = "{\"status\":\"pulling 2\",\"digest\":\"2\",\"total\":6}";

        assertThat(read(10, MANIFEST, half, half, whole).isDownload()).isFalse();
        assertThat(read(10, MANIFEST, half, half, whole, more).isDownload()).isTrue();
    }

    /** A layer that another request began to download comes without its size at first. */
    @Test
    void knowsADownloadThatAnotherRequestBegan() {
        String joined = "{\"status\":\"pulling 1\",\"digest\":\"1\"}";
        String known = "{\"status\":\"pulling 1\",\"digest\":\"1\",\"total\":4000000000,\"completed\":1}";

        assertThat(read(0, MANIFEST, joined).isDownload()).isFalse();
        assertThat(read(0, MANIFEST, joined, known).isDownload()).isTrue();
        assertThat(read(0, MANIFEST, joined, joined).isDownload()).isTrue();
        assertThat(read(0, MANIFEST, joined, HERE).isDownload()).isFalse();
    }

    @Test
    void readsLinesHoweverTheyAreDivided() {
        CreateLines lines = new CreateLines(0);
        for (byte each : (MANIFEST + "\n{\"status\":\"pulling é\",\"digest\":\"1\",\"total\":1}\n").getBytes(UTF_8)) {
            assertThat(lines.isDownload()).isFalse();
            lines.add(ByteBuffer.wrap(new byte[] {each}));
        }
        assertThat(lines.isDownload()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "writing manifest   | {\"status\":\"success\"}                                         | 200",
                "writing manifest   | {\"error\":\"unexpected EOF\"}                                   | 500",
                "quantizing         | {\"error\":\"template error: template: :1: unclosed action\"}    | 400",
                "success            | {\"error\":\"info field \\\"model_family\\\" must be a string\"} | 400",
                "converting adapter | {\"error\":\"only one adapter is currently supported\"}          | 400",
                "success            | {\"error\":\"only one adapter is currently supported\"}          | 400",
                "parsing GGUF       | {\"error\":\"invalid digest format\"}                            | 400",
                "converting model   | {\"error\":\"EOF\"}                                              | 400",
                "parsing GGUF       | {\"error\":\"unsupported quantization type Q9 - supported\"}     | 500",
            })
    void makesTheObjectOfTheLastLine(String before, String line, int status) {
        CreateLines lines = read(0, "{\"status\":\"" + before + "\"}", line);

        assertThat(lines.status()).isEqualTo(status);
        assertThat(lines.object()).asString(UTF_8).isEqualTo(line);
    }

    @Test
    void takesALineThatNothingFollowsForALine() {
        CreateLines lines = new CreateLines(0);
        lines.add(ByteBuffer.wrap("{\"status\":\"success\"}".getBytes(UTF_8)));
        lines.end();

        assertThat(lines.status()).isEqualTo(200);
        assertThat(lines.object()).asString(UTF_8).isEqualTo("{\"status\":\"success\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"status\":\"writing manifest\"}", "{\"status\":\"writing manifest\"}\n{\"sta"})
    void doesNotTakeAnEndForASuccess(String text) {
        CreateLines lines = new CreateLines(0);
        lines.add(ByteBuffer.wrap(text.getBytes(UTF_8)));
        lines.end();

        assertThat(lines.status()).isEqualTo(502);
        assertThat(lines.object()).asString(UTF_8).contains("without a word of success");
    }

    private static CreateLines read(long most, String... text) {
        CreateLines lines = new CreateLines(most);
        lines.add(ByteBuffer.wrap((String.join("\n", text) + '\n').getBytes(UTF_8)));
        return lines;
    }
}
