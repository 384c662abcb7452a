package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.proxy.Call.Answer;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SteppedPacing;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passes requests through, with Ollama up and down, and stops in good order. */
final class OhhhllamaProxyTest {

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
    void queuesWhileOllamaIsDown() throws IOException {
        fixture.ollama().close();

        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"mistral\"}").status())
                .isEqualTo(202);
        Answer passed = fixture.call("GET", "/api/tags").send();
        assertThat(passed.status()).isEqualTo(502);
        assertThat(passed.body())
                .startsWith("{\"error\":\"")
                .contains(Integer.toString(fixture.ollama().port()), "OLLAMA_BACKEND");
        Answer cloud = fixture.pull(ProxyFixture.CURL, "{\"model\":\"gpt-oss:20b-cloud\"}");
        assertThat(cloud.status()).isEqualTo(502);
        assertThat(cloud.body()).contains(Integer.toString(fixture.ollama().port()), "OLLAMA_BACKEND");
    }

    @Test
    void passesTokensOnOneByOne() throws IOException {
        SteppedPacing steps = Pacing.stepped(1);
        fixture.ollama().say(List.of("one", "two"), steps);
        try (Socket socket = fixture.call("POST", "/api/chat")
                .body("{\"model\":\"llama3:8b\",\"messages\":[]}")
                .open()) {
            steps.step();
            assertThat(Call.readTo(socket.getInputStream(), "one")).doesNotContain("two");
            steps.finish();
            Call.readTo(socket.getInputStream(), "two");
        }
    }

    @Test
    void refusesNewRequestsAndEndsHeldOnesWhenItStops() throws IOException {
        try (Socket socket = fixture.held("mistral")) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            fixture.proxy().refuseNewRequests();

            assertThat(fixture.call("GET", "/api/tags").send().status()).isEqualTo(503);
            assertThat(Call.readTo(socket.getInputStream(), "\"}\n")).contains("stays in the queue");
        }
        assertThat(fixture.entry("mistral").state()).isEqualTo(EntryState.PENDING);
    }

    /** An embedder tries again with what it has; metrics take each figure only once. */
    @Test
    void canBeStartedAgainByTheSameBuilderWhenItsPortWasTaken() throws IOException {
        OhhhllamaProxy.Builder builder;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            builder = OhhhllamaProxy.builder(fixture.queue(), fixture.ollamaClient())
                    .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort()))
                    .metrics(new ProxyMetrics());
            assertThatThrownBy(builder::start).isInstanceOf(BindException.class);
        }
        builder.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

        assertThatCode(() -> builder.start().close()).doesNotThrowAnyException();
    }

    @Test
    void isClosedOnceHoweverOftenItIsAsked() {
        fixture.proxy().close();

        assertThatCode(() -> fixture.proxy().close()).doesNotThrowAnyException();
    }
}
