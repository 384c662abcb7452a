package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.RecordedRequest;
import io.github.ohhhllama.testing.SteppedPacing;
import io.undertow.Handlers;
import io.undertow.Undertow;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Stands beside other handlers of somebody's Undertow, before a queue that is not ours. */
final class OhhhllamaHandlerTest {

    @TempDir
    private Path directory;

    private HandlerFixture fixture;
    private FakeOllama ollama;
    private QueueService queue;
    private OhhhllamaHandler handler;
    private Undertow undertow;

    @BeforeEach
    void start() {
        fixture = new HandlerFixture(directory);
        ollama = fixture.ollama();
        queue = fixture.queue();
        handler = fixture.handler();
        undertow = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(Handlers.path()
                        .addExactPath(
                                "/mine",
                                exchange -> exchange.getResponseSender().send("mine"))
                        .addPrefixPath("/ollama", handler))
                .build();
        undertow.start();
    }

    @AfterEach
    void stop() {
        fixture.close();
        undertow.stop();
    }

    @Test
    void queuesPullsInTheQueueItWasGiven() throws IOException {
        assertThat(call("POST", "/ollama/api/pull")
                        .body("{\"model\":\"mistral\"}")
                        .send()
                        .status())
                .isEqualTo(202);

        assertThat(queue.findActive(ModelName.parse("mistral"))).isPresent();
        assertThat(call("GET", "/ollama/api/queue").send().body()).contains("\"mistral\"");
        assertThat(ollama.pulls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/pull?x=1", "/api/%70ull", "/%61pi/pull", "/api%2Fpull", "/api%2fpull", "/api/pu%6cl?m=z"})
    void queuesEverySpellingOfThePathThatOllamaWouldTake(String target) throws IOException {
        assertThat(call("POST", "/ollama" + target)
                        .body("{\"model\":\"mistral\"}")
                        .send()
                        .status())
                .isEqualTo(202);
        assertThat(ollama.requests()).noneMatch(request -> request.method().equals("POST"));
    }

    @Test
    void leavesOtherPathsToOtherHandlers() throws IOException {
        assertThat(call("GET", "/mine").send().body()).isEqualTo("mine");
        assertThat(call("GET", "/ollama/api/version").send().body()).contains("\"version\":");
        assertThat(call("GET", "/api/version").send().status()).isEqualTo(404);
    }

    @Test
    void judgesTheHostAsTheServerDoes() throws IOException {
        assertThat(call("GET", "/ollama/api/tags").host("evil.example").send().status())
                .isEqualTo(403);
    }

    @Test
    void passesTokensOnOneByOne() throws IOException {
        SteppedPacing steps = Pacing.stepped(1);
        ollama.say(List.of("one", "two"), steps);
        try (Socket socket = call("POST", "/ollama/api/chat")
                .body("{\"model\":\"llama3:8b\",\"messages\":[]}")
                .open()) {
            steps.step();
            assertThat(Call.readTo(socket.getInputStream(), "one")).doesNotContain("two");
            steps.finish();
            Call.readTo(socket.getInputStream(), "two");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /ollama/api/pull", "POST /ollama/api/create", "DELETE /ollama/api/delete"})
    void believesNoBodyWhoseChunksAreMalformed(String start) throws IOException {
        String body = "{\"model\":\"llama3:8b\",\"from\":\"llama3:8b\"}";
        String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";

        String answer = exchange(
                start + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + "zz\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(queue.findActive(ModelName.parse("llama3:8b"))).isEmpty();
        assertThat(ollama.requests()).extracting(RecordedRequest::method).doesNotContain("POST", "DELETE");
    }

    @Test
    void refusesNewRequestsAndEndsHeldOnesWhenItStops() throws IOException {
        try (Socket socket = call("POST", "/ollama/api/pull")
                .as(ProxyFixture.CLI)
                .with("Prefer", "wait")
                .body("{\"model\":\"mistral\"}")
                .open()) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            handler.refuseNewRequests();

            assertThat(call("GET", "/ollama/api/tags").send().status()).isEqualTo(503);
            assertThat(call("GET", "/mine").send().status()).isEqualTo(200);
            assertThat(Call.readTo(socket.getInputStream(), "\"}\n")).contains("stays in the queue");
        }
    }

    @Test
    void closesAfterTheServerToo() throws IOException {
        assertThat(call("GET", "/ollama/api/version").send().status()).isEqualTo(200);

        undertow.stop();
        handler.close();

        assertThat(queue.storage().trouble()).isEmpty();
    }

    private Call call(String method, String target) {
        return Call.of(port(), method, target).as(ProxyFixture.CURL);
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return Call.readTo(socket.getInputStream(), "\r\n\r\n");
        }
    }

    private int port() {
        return HandlerFixture.port(undertow);
    }
}
