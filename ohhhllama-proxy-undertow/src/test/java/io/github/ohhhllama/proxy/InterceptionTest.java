package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.Call.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to get a download past the proxy, and bodies that are none. */
final class InterceptionTest {

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/pull",
                "/api/pull?x=1",
                "/api/pull?",
                "/api/%70ull",
                "/%61pi/pull",
                "/api/pu%6cl?model=zz",
                "/api%2Fpull",
                "/api%2fpull",
                "http://localhost/api/pull",
                "http://localhost:11434/api/%70ull?x",
                "http:/api/pull",
                "x:/api/pull?a"
            })
    void queuesEverySpellingOfThePathThatOllamaWouldTake(String target) throws IOException {
        Answer answer = fixture.call("POST", target)
                .as(ProxyFixture.CURL)
                .body("{\"model\":\"llama3:70b\"}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(fixture.ollama().requests())
                .noneMatch(request -> request.method().equals("POST"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost/api/pull", "http://localhost:1/api/%70ull?x=%zz", "HTTP://nas.local/api/pull"})
    void letsTheHostOfTheTargetReplaceTheHeader(String target) throws IOException {
        Answer answer = fixture.call("POST", target)
                .host("127.0.0.1:11434")
                .body("{\"model\":\"llama3:70b\"}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(fixture.call("GET", "http://evil.example/api/tags").send().status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "://x/api/pull",
                "1://x/api/pull",
                "a_b://x/api/create",
                "%zz://x/api/pull",
                "*://x/api/pull",
                "x/y://h/api/pull",
                "a:b://h/api/pull",
                "http:api/pull",
                "#://h/api/%70ull?x",
                "http://h/%zz/../api/pull",
                "api/pull"
            })
    void refusesATargetThatIsNoneInsteadOfMendingItForOllama(String target) throws IOException {
        Answer answer = fixture.call("POST", target)
                .host("evil.example")
                .body("{\"model\":\"llama3:70b\",\"from\":\"llama3:70b\"}")
                .send();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("400 Bad Request");
        assertThat(fixture.ollama().requests())
                .noneMatch(request -> request.method().equals("POST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/API/pull", "/api/PULL", "/api/pull%20", "/api/pull/x", "/api/%2e/pull"})
    void passesOnWhatOllamaWouldNotTakeForAPull(String target) throws IOException {
        Answer answer = fixture.call("POST", target)
                .as(ProxyFixture.CURL)
                .body("{\"model\":\"llama3:70b\"}")
                .send();

        assertThat(answer.status()).isEqualTo(404);
        assertThat(fixture.ollama().pulls()).isEmpty();
        assertThat(fixture.ollama()
                        .requests()
                        .get(fixture.ollama().requests().size() - 1)
                        .target())
                .isEqualTo(target);
    }

    @Test
    void saysWhatOllamaWouldSayOfABadBody() throws IOException {
        assertThat(fixture.pull(ProxyFixture.CURL, "").body()).isEqualTo("{\"error\":\"missing request body\"}");
        assertThat(fixture.pull(ProxyFixture.CURL, "{}").body()).isEqualTo("{\"error\":\"invalid model name\"}");
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"../etc/passwd\"}")
                        .body())
                .isEqualTo("{\"error\":\"invalid model name\"}");
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":").body()).isEqualTo("{\"error\":\"unexpected EOF\"}");
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":5}").status()).isEqualTo(400);
        assertThat(fixture.ollama().pulls()).isEmpty();
    }

    /** The framing of the last bytes falls into every place of the buffers that the body is read into. */
    @ParameterizedTest
    @MethodSource("lengthsAroundABuffer")
    void readsAChunkedBodyToItsLastByte(int length) throws IOException {
        String model = "{\"model\":\"llama3:70b\"}";
        String chunk = " ".repeat(length - model.length()) + model;
        try (Socket socket = fixture.call("POST", "/api/pull")
                .as(ProxyFixture.CURL)
                .with("Transfer-Encoding", "chunked")
                .open()) {
            socket.getOutputStream()
                    .write((Integer.toHexString(length) + "\r\n" + chunk + "\r\n0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(Call.readTo(socket.getInputStream(), "}}"))
                    .startsWith("HTTP/1.1 202 ")
                    .contains("Model llama3:70b ");
        }
    }

    static IntStream lengthsAroundABuffer() {
        return IntStream.concat(IntStream.range(16_290, 16_330), IntStream.of(16_370, 16_384, 16_400, 65_536, 300_000));
    }

    @Test
    void invitesTheBodyOfOneWhoWaitsToBeInvited() throws IOException {
        String body = "{\"model\":\"llama3:70b\"}";
        try (Socket socket = fixture.call("POST", "/api/pull")
                .with("Expect", "100-continue")
                .with("Content-Length", Integer.toString(body.length()))
                .open()) {
            assertThat(Call.readTo(socket.getInputStream(), "\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

            socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));

            assertThat(Call.readTo(socket.getInputStream(), "}}")).startsWith("HTTP/1.1 202 ");
        }
    }

    @Test
    void refusesABodyThatIsTooLargeWhileItComes() throws IOException {
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"x\":\"" + "y".repeat(4 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    /** The client waits for an answer before it sends the rest. */
    @ParameterizedTest
    @CsvSource({"Content-Length, 1048577, 0", "Transfer-Encoding, chunked, 1048577"})
    void refusesABodyThatIsTooLargeBeforeItsEnd(String field, String value, int sent) throws IOException {
        try (Socket socket = fixture.call("POST", "/api/pull")
                .as(ProxyFixture.CURL)
                .with(field, value)
                .body(sent == 0 ? "" : "200000\r\n" + "y".repeat(sent))
                .open()) {
            Answer answer = Answer.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.field("Connection")).contains("close");
            assertThat(answer.body()).contains("larger than the 1048576 bytes");
        }
    }

    @Test
    void refusesABodyThatIsTooLargeInsteadOfInvitingIt() throws IOException {
        try (Socket socket = fixture.call("DELETE", "/api/queue")
                .with("Expect", "100-continue")
                .with("Content-Length", "1048577")
                .open()) {
            assertThat(Call.readTo(socket.getInputStream(), "\r\n\r\n")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void takesACreateWithMoreThanUndertowsOwnLimitInIt() throws IOException {
        String licence = "y".repeat(3 << 20);
        String body = "{\"model\":\"mine\",\"from\":\"llama3:8b\",\"license\":\"" + licence + "\"}";
        fixture.call("POST", "/api/create").body(body).send();

        assertThat(fixture.ollama().requests()).anySatisfy(request -> {
            assertThat(request.length()).isEqualTo(body.length());
            assertThat(request.isComplete()).isTrue();
        });
    }
}
