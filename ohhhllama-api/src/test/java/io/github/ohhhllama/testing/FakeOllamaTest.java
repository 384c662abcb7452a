package io.github.ohhhllama.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FakeOllamaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeOllama ollama = FakeOllama.start();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        ollama.close();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ollama.uri() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends bytes and reads until the server hangs up. */
    private String exchange(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ollama.port())) {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void saysWhatOllamaSays() throws Exception {
        assertThat(send("GET", "/", "").body()).isEqualTo("Ollama is running");
        assertThat(send("GET", "/api/version", "").body()).isEqualTo("{\"version\":\"0.33.0\"}");
        assertThat(send("GET", "/api/tags", "").body()).isEqualTo("{\"models\":[]}");
        assertThat(send("GET", "/v1/models", "").body()).isEqualTo("{\"object\":\"list\",\"data\":null}");
        assertThat(send("GET", "/nowhere", "").body()).isEqualTo("404 page not found");
        assertThat(send("GET", "/api/pull", "").headers().firstValue("Allow")).contains("POST");
        assertThat(send("POST", "/api/pull", "").body()).isEqualTo("{\"error\":\"missing request body\"}");
        assertThat(send("POST", "/api/pull", "{\"model\":\"-x\"}").body())
                .isEqualTo("{\"error\":\"invalid model name\"}");
        assertThat(send("HEAD", "/", "").body()).isEmpty();
    }

    @Test
    void pullsAsOneObject() throws Exception {
        ollama.offer(FakeModel.of("llama3", 10));

        assertThat(send("POST", "/api/pull", "{\"name\":\"llama3\",\"stream\":false}")
                        .body())
                .isEqualTo("{\"status\":\"success\"}");
        HttpResponse<String> unknown = send("POST", "/api/pull", "{\"model\":\"x\",\"stream\":false}");
        assertThat(unknown.statusCode()).isEqualTo(500);
        assertThat(unknown.body()).isEqualTo("{\"error\":\"pull model manifest: file does not exist\"}");
    }

    @Test
    void pullsAnUpdateAndDropsTheOldLayers() throws Exception {
        FakeModel model = FakeModel.of("llama3", 10);
        ollama.install(model).offer(model.updated());

        assertThat(send("POST", "/api/pull", "{\"model\":\"llama3\"}").body()).contains("removing unused layers");
        assertThat(send("POST", "/api/pull", "{\"model\":\"llama3\"}").body())
                .contains("\"total\":10,\"completed\":10")
                .doesNotContain("removing unused layers");
        assertThat(send("GET", "/api/tags", "").body()).contains(model.updated().digest());
    }

    @Test
    void succeedsWithoutListingOnDemand() throws Exception {
        ollama.offer(FakeModel.of("llama3", 10)).fault("llama3", Fault.SUCCESS_WITHOUT_LISTING);

        assertThat(send("POST", "/api/pull", "{\"model\":\"llama3\"}").body()).endsWith("{\"status\":\"success\"}\n");
        assertThat(ollama.installed()).isEmpty();
    }

    @Test
    void createsFromAModelThatIsNotHereByPullingIt() throws Exception {
        ollama.offer(FakeModel.of("llama3", 10));
        String lines = send("POST", "/api/create", "{\"model\":\"mine\",\"from\":\"llama3\"}")
                .body();

        assertThat(lines).startsWith("{\"status\":\"pulling manifest\"}").endsWith("{\"status\":\"success\"}\n");
        assertThat(ollama.pulls()).containsExactly("llama3");
        assertThat(ollama.installed()).containsExactly("mine:latest", "llama3:latest");
    }

    @Test
    void showsCopiesAndDeletes() throws Exception {
        ollama.install(FakeModel.of("llama3", 10));

        assertThat(send("POST", "/api/show", "{\"model\":\"x\"}").body())
                .isEqualTo("{\"error\":\"model 'x:latest' not found\"}");
        assertThat(send("POST", "/api/show", "{\"model\":\"llama3\"}").statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "/api/copy", "{\"source\":\"llama3\",\"destination\":\"twin\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", "/api/delete", "{\"name\":\"llama3\"}").statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", "/api/delete", "{\"name\":\"llama3\"}").body())
                .isEqualTo("{\"error\":\"model 'llama3' not found\"}");
        assertThat(ollama.installed()).containsExactly("twin:latest");
    }

    @Test
    void streamsTokens() throws Exception {
        ollama.install(FakeModel.of("llama3", 10)).say(List.of("a", "b"), Pacing.unlimited());

        assertThat(send("POST", "/api/chat", "{\"model\":\"llama3\"}").body().split("\n", -1))
                .hasSize(4);
        assertThat(send("POST", "/api/generate", "{\"model\":\"llama3\",\"stream\":false}")
                        .body())
                .contains("\"response\":\"ab\"");
        assertThat(send("POST", "/v1/chat/completions", "{\"model\":\"llama3\",\"stream\":true}")
                        .body())
                .endsWith("data: [DONE]\n\n");
        assertThat(send("POST", "/api/chat", "{\"model\":\"x\"}").body())
                .isEqualTo("{\"error\":\"model 'x' not found\"}");
    }

    @Test
    void takesBlobs() throws Exception {
        String blob = "/api/blobs/sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

        assertThat(send("HEAD", blob, "").statusCode()).isEqualTo(404);
        assertThat(send("POST", blob, "other").statusCode()).isEqualTo(400);
        assertThat(send("POST", blob, "hello").statusCode()).isEqualTo(201);
        assertThat(send("HEAD", blob, "").statusCode()).isEqualTo(200);
    }

    @Test
    void keepsRequestsByteForByte() throws Exception {
        String head =
                "POST //api/%70ull?x=%zz HTTP/1.1\r\nHost: h\r\nX-Odd:  a b \r\nTransfer-Encoding: chunked\r\n\r\n";
        exchange(head + "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
        RecordedRequest request = ollama.takeRequest(PATIENCE);

        assertThat(request.target()).isEqualTo("//api/%70ull?x=%zz");
        assertThat(request.headers()).containsSequence(Map.entry("Host", "h"), Map.entry("X-Odd", "a b"));
        assertThat(request.text()).isEqualTo("abcde");
        assertThat(request.isComplete()).isTrue();
    }

    @Test
    void refusesABadEscapeAsGoDoes() throws Exception {
        assertThat(exchange("GET /api/%zz HTTP/1.1\r\nHost: h\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Connection: close");
    }

    @Test
    void tellsATruncatedBodyFromACompleteOne() throws Exception {
        exchange("POST /api/chat HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
        exchange("POST /api/chat HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");

        for (int i = 0; i < 2; i++) {
            RecordedRequest request = ollama.takeRequest(PATIENCE);
            assertThat(request.isComplete()).isFalse();
            assertThat(request.length()).isEqualTo(3);
        }
    }

    @Test
    void servesSeveralRequestsOnOneConnectionAndOldClients() throws Exception {
        ollama.offer(FakeModel.of("llama3", 10));
        String pull = "POST /api/pull HTTP/1.1\r\nHost: h\r\nContent-Length: 18\r\n\r\n{\"model\":\"llama3\"}";

        assertThat(exchange(pull + "GET / HTTP/1.1\r\nHost: h\r\n\r\n")).endsWith("Ollama is running");
        assertThat(exchange(pull.replace("HTTP/1.1", "HTTP/1.0")))
                .contains("Connection: close\r\n\r\n{\"status\":\"pulling manifest\"}\n")
                .endsWith("{\"status\":\"success\"}\n");
    }

    @Test
    void noticesThatAClientLeft() throws Exception {
        ollama.install(FakeModel.of("llama3", 10))
                .offer(FakeModel.of("big", 1000))
                .pace(Pacing.stepped(1));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ollama.port())) {
            socket.getOutputStream()
                    .write("POST /api/pull HTTP/1.1\r\nHost: h\r\nContent-Length: 15\r\n\r\n{\"model\":\"big\"}"
                            .getBytes(ISO_8859_1));
            assertThat(ollama.awaitPulls(1, PATIENCE)).isTrue();
        }

        assertThat(ollama.awaitPulls(0, PATIENCE)).isTrue();
        assertThat(ollama.mostPullsAtOnce()).isEqualTo(1);
    }

    @Test
    void answersAsScripted() throws Exception {
        ollama.answer("/api/tags", Answer.error(503, "busy"))
                .answer("/api/tags", Answer.chunks("ab".getBytes(UTF_8), "c\n".getBytes(UTF_8)));

        assertThat(send("GET", "/api/tags", "").statusCode()).isEqualTo(503);
        assertThat(send("GET", "/api/tags", "").body()).isEqualTo("abc\n");
        assertThat(send("GET", "/api/tags", "").body()).isEqualTo("{\"models\":[]}");
    }
}
