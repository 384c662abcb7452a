package io.github.ohhhllama.queue.internal.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullStream;
import io.github.ohhhllama.testing.Answer;
import io.github.ohhhllama.testing.OllamaClientContract;
import io.github.ohhhllama.testing.SettableClock;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class OkHttpOllamaClientTest extends OllamaClientContract {

    private static final ModelName LLAMA = ModelName.parse("llama3");
    private static final byte[] OK =
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(UTF_8);

    private final SettableClock clock = SettableClock.at("2026-03-28T21:00:00Z");

    @Override
    protected OkHttpOllamaClient client(URI backend) {
        return new OkHttpOllamaClient(backend, Duration.ofSeconds(5), clock);
    }

    private PullStream pull() {
        return client(ollama.uri()).pull(LLAMA, false);
    }

    private List<PullProgress> pulled(String... chunks) {
        byte[][] bytes = new byte[chunks.length][];
        for (int i = 0; i < chunks.length; i++) {
            bytes[i] = chunks[i].getBytes(UTF_8);
        }
        ollama.answer("/api/pull", Answer.chunks(bytes));
        try (PullStream stream = pull()) {
            return readAll(stream);
        }
    }

    private OllamaException refused(Answer answer) {
        ollama.answer("/api/pull", answer);
        return catchThrowableOfType(OllamaException.class, () -> pull().next(PATIENCE));
    }

    @Test
    void readsLinesWhereverTheChunksAreCut() {
        assertThat(pulled("{\"sta", "tus\":\"a\"", "}\n{\"status\":\"b\"}\n{\"st", "atus\":\"c\"}\n"))
                .extracting(PullProgress::status)
                .containsExactly("a", "b", "c");
    }

    @Test
    void readsCharactersWhereverTheChunksAreCut() {
        byte[] line = "{\"status\":\"größe 模型\"}\n".getBytes(UTF_8);
        byte[][] bytes = new byte[line.length][];
        for (int i = 0; i < line.length; i++) {
            bytes[i] = new byte[] {line[i]};
        }
        ollama.answer("/api/pull", Answer.chunks(bytes));
        try (PullStream stream = pull()) {
            assertThat(readAll(stream)).containsExactly(PullProgress.of("größe 模型"));
        }
    }

    @Test
    void toleratesWhatLaterVersionsMayWrite() {
        assertThat(pulled(
                        "\n\r\n",
                        "{\"status\":\"a\",\"new\":{\"deep\":[1,2]},\"total\":null}\r\n",
                        "  \n",
                        "{\"digest\":\"sha256:00\",\"total\":40000000000,\"completed\":-7}\n",
                        "{\"status\":\"success\"}"))
                .containsExactly(
                        PullProgress.of("a"),
                        new PullProgress("", "sha256:00", 40_000_000_000L, 0),
                        PullProgress.of("success"));
    }

    @Test
    void refusesWhatIsNotOllama() {
        for (String line : List.of("<html>", "[]", "null", "{\"status\":5e}", "{\"status\":\"cut of")) {
            assertThat(catchThrowableOfType(OllamaException.class, () -> pulled(line + '\n'))
                            .failure())
                    .isEqualTo(PullFailure.NETWORK);
        }
    }

    @Test
    void givesUpOnALineWithoutEnd() {
        String endless = "{\"status\":\"" + "x".repeat(3 << 20);

        assertThat(catchThrowableOfType(OllamaException.class, () -> pulled(endless)))
                .hasMessageContaining("longer than");
    }

    @Test
    void aConnectionThatBreaksInTheMiddleOfALineIsNoEnd() {
        ollama.answer("/api/pull", Answer.raw(OK, "13\r\n{\"status\":\"a\"}\n{\"s\r\n".getBytes(UTF_8)));
        try (PullStream stream = pull()) {
            assertThat(stream.next(PATIENCE)).contains(PullProgress.of("a"));
            assertThat(catchThrowableOfType(OllamaException.class, () -> stream.next(PATIENCE))
                            .failure())
                    .isEqualTo(PullFailure.NETWORK);
        }
    }

    @Test
    void honoursRetryAfterInBothForms() {
        assertThat(refused(Answer.of(503, Map.of("Retry-After", "90"), "")).retryAfter())
                .contains(Duration.ofSeconds(90));
        assertThat(refused(Answer.of(429, Map.of("Retry-After", "Sat, 28 Mar 2026 21:05:00 GMT"), ""))
                        .retryAfter())
                .contains(Duration.ofMinutes(5));
        assertThat(refused(Answer.of(503, Map.of("Retry-After", "99999999999"), ""))
                        .retryAfter())
                .contains(Duration.ofDays(30));
        assertThat(refused(Answer.error(500, "no")).retryAfter()).isEmpty();
    }

    /** OkHttp would ask again by itself. */
    @Test
    void asksOnceOfOneWhoMayBeAskedAgainAtOnce() {
        assertThat(refused(Answer.of(503, Map.of("Retry-After", "0"), "")).retryAfter())
                .contains(Duration.ofSeconds(1));
        assertThat(ollama.requests()).hasSize(1);
    }

    @Test
    void saysWhyAPullWasRefusedInOllamasWords() {
        OllamaException invalid = refused(Answer.error(400, "invalid model name"));

        assertThat(invalid).hasMessage("invalid model name");
        assertThat(invalid.failure()).isEqualTo(PullFailure.REFUSED);
        assertThat(refused(Answer.of(502, Map.of(), "<html>Bad Gateway</html>")))
                .hasMessage("<html>Bad Gateway</html>");
        assertThat(refused(Answer.of(403, Map.of(), ""))).hasMessage("POST " + ollama.uri() + "/api/pull answered 403");
    }

    @Test
    void listsWhatItCanReadOfAnOddList() {
        ollama.answer("/api/tags", Answer.of(200, Map.of(), "{\"models\":null,\"more\":1}"))
                .answer(
                        "/api/tags",
                        Answer.of(
                                200,
                                Map.of(),
                                "{\"models\":[null,{},{\"name\":\"a b\"},{\"name\":\"x:1\",\"families\":null},"
                                        + "{\"model\":\"y\",\"digest\":\"00\",\"size\":3}]}"));
        OllamaClient client = client(ollama.uri());

        assertThat(client.installedModels()).isEmpty();
        assertThat(client.installedModels())
                .containsExactly(
                        new InstalledModel(ModelName.parse("x:1"), "", 0),
                        new InstalledModel(ModelName.parse("y"), "00", 3));
    }

    @Test
    void tellsAForeignServerFromOllama() {
        ollama.answer("/api/version", Answer.of(200, Map.of(), "<html>"))
                .answer("/api/version", Answer.of(200, Map.of(), "{}"))
                .answer("/api/version", Answer.of(404, Map.of(), "404 page not found"));
        OllamaClient client = client(ollama.uri());

        for (String words : List.of("expected an answer like Ollama's", "no version", "404 page not found")) {
            assertThatThrownBy(client::version)
                    .isInstanceOf(OllamaException.class)
                    .hasMessageContaining(words);
        }
    }

    @Test
    void keepsAPathInFrontOfTheApi() {
        client(URI.create(ollama.uri() + "/base/"));
        assertThatThrownBy(() -> client(URI.create(ollama.uri() + "/base/")).version())
                .isInstanceOf(OllamaException.class);
        assertThat(ollama.requests()).hasToString("[GET /base/api/version]");
    }

    @Test
    void refusesABackendThatIsNoUrl() {
        assertThatThrownBy(() -> client(URI.create("localhost:11435")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("localhost:11435");
    }

    @Test
    void closingTheClientBreaksOffAPullThatWaitsForItsHead() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            OkHttpOllamaClient client = client(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            CompletableFuture<OllamaException> caller = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                    OllamaException.class, () -> client.pull(LLAMA, false).next(PATIENCE)));
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo('P');
                client.close();
                assertThat(caller.get(20, TimeUnit.SECONDS).failure()).isEqualTo(PullFailure.NETWORK);
            }
        }
    }

    @Test
    void closingAPullEndsItWhileItWaitsForItsHead() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            PullStream pull = client(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                    .pull(LLAMA, false);
            CompletableFuture<OllamaException> caller = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(OllamaException.class, () -> pull.next(PATIENCE)));
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo('P');
                pull.close();
                assertThat(caller.get(20, TimeUnit.SECONDS)).hasMessageContaining("was closed");
                assertThat(accepted.getInputStream().readAllBytes()).isNotEmpty();
            }
            assertThatThrownBy(() -> pull.next(PATIENCE)).isInstanceOf(OllamaException.class);
        }
    }
}
