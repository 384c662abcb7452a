package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.Call.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comes from pages and under names that are foreign. */
final class GateTest {

    @TempDir
    private Path directory;

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ProxyFixture(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void refusesForeignHostsAndOriginsOnEveryPath() throws IOException {
        for (String path : List.of("/api/pull", "/api/queue", "/api/tags", "/anything")) {
            Answer host = fixture.call("GET", path).host("evil.example").send();
            assertThat(host.status()).isEqualTo(403);
            assertThat(host.body()).isEmpty();
            assertThat(fixture.call("GET", path)
                            .with("Origin", "https://evil.example")
                            .send()
                            .status())
                    .isEqualTo(403);
        }
        assertThat(fixture.call("GET", "http://evil.example/api/tags")
                        .host("evil.example")
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(fixture.ollama().requests()).isEmpty();
    }

    /** Undertow answers some of them with a 400 of its own; Ollama v0.33 does not. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost:", "localhost:x", "127.0.0.1:", "[::ffff:127.0.0.1]", "[::1]:11434", "::1", ""})
    void takesEverySpellingOfThisHost(String host) throws IOException {
        assertThat(fixture.call("GET", "/api/tags").host(host).send().status()).isEqualTo(200);
        assertThat(fixture.call("DELETE", "/api/queue")
                        .host(host)
                        .body("{\"model\":\"absent\"}")
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost.", "nas.local.", "127.0.0.1.", "[::ffff:8.8.8.8]", "localhost:80:80"})
    void refusesWhatIsNoSpellingOfThisHost(String host) throws IOException {
        assertThat(fixture.call("GET", "/api/tags").host(host).send().status()).isEqualTo(403);
    }

    /** Nothing of the body is sent: as to Ollama, one who asks first whether it may come is answered. */
    @ParameterizedTest
    @CsvSource({
        "POST, evil.example, http://localhost, 403",
        "POST, localhost, http://evil.example, 403",
        "OPTIONS, localhost, http://localhost, 204"
    })
    void answersBeforeTheBodyComes(String method, String host, String origin, int status) throws IOException {
        try (Socket socket = fixture.call(method, "/api/pull")
                .host(host)
                .with("Origin", origin)
                .with("Expect", "100-continue")
                .with("Content-Length", "2000000")
                .open()) {
            Answer answer = Answer.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.field("Connection")).contains("close");
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void readsABodyThatMeansNothing() throws IOException {
        String next = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), fixture.proxy().port())) {
            socket.getOutputStream()
                    .write(("GET /api/queue HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello" + next)
                            .getBytes(StandardCharsets.US_ASCII));
            Call.readTo(socket.getInputStream(), "\"rate_limit\"");
            Call.readTo(socket.getInputStream(), "{\"status\":\"alive\"}");
        }
        assertThat(fixture.call("GET", "/healthz")
                        .with("Content-Length", "1048577")
                        .send()
                        .status())
                .isEqualTo(413);
    }

    @Test
    void tellsAnAllowedPageThatItIsAllowed() throws IOException {
        Answer answer = fixture.call("GET", "/api/tags")
                .with("Origin", "http://localhost:3000")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Access-Control-Allow-Origin")).contains("http://localhost:3000");
        assertThat(answer.field("Vary")).contains("Origin");
        assertThat(fixture.ollama().requests().get(0).header("Origin")).isEmpty();
    }

    @Test
    void answersOptionsOfThePageItselfAsOfNoPage() throws IOException {
        assertThat(fixture.call("OPTIONS", "/api/version")
                        .host("nas.local:11434")
                        .with("Origin", "http://nas.local:11434")
                        .send()
                        .status())
                .isEqualTo(204);
    }

    @Test
    void answersAPreflight() throws IOException {
        Answer answer = fixture.call("OPTIONS", "/api/pull")
                .with("Origin", "http://localhost:3000")
                .with("Access-Control-Request-Method", "POST")
                .send();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.field("Access-Control-Allow-Methods")).contains("GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS");
        assertThat(answer.field("Allow")).contains("POST");
    }
}
