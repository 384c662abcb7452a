package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.proxy.Call.Answer;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.Fault;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SteppedPacing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks for cloud models, whose stubs pass by day, and for what only calls itself one. */
final class CloudPullsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    void letsTheStubOfACloudModelPass() throws IOException {
        Answer answer = fixture.pull(ProxyFixture.CLI, "{\"model\":\"gpt-oss:20b-cloud\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("{\"status\":\"success\"}");
        assertThat(fixture.ollama().installed()).contains("gpt-oss:20b-cloud");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsTheSilentPullOfAStubWhenTheClientLeaves(boolean stream) throws Exception {
        fixture.ollama().offer(FakeModel.of("stub:cloud", 400)).fault("stub:cloud", Fault.hangAfter(100));
        try (Socket socket = fixture.call("POST", "/api/pull")
                .body("{\"model\":\"stub:cloud\",\"stream\":" + stream + "}")
                .open()) {
            if (stream) {
                Call.readTo(socket.getInputStream(), "\"completed\":100");
            } else {
                assertThat(fixture.ollama().awaitPulls(1, PATIENCE)).isTrue();
            }
        }

        assertThat(fixture.ollama().awaitPulls(0, PATIENCE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesAnOllamaThatDoesNotAnswerWithTheClientOfAStub(boolean stream) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Ohhhllama ohhhllama = Ohhhllama.builder(directory.resolve("silent.db"))
                        .backend(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                        .build();
                OhhhllamaProxy proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .backend(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                        .grace(Duration.ZERO)
                        .start()) {
            Socket client = Call.of(proxy.port(), "POST", "/api/pull")
                    .body("{\"model\":\"stub:cloud\",\"stream\":" + stream + "}")
                    .open();
            try (Socket ours = silent.accept()) {
                assertThat(ours.getInputStream().read()).isEqualTo('P');
                client.close();
                ours.setSoTimeout((int) PATIENCE.toMillis());
                assertThat(new String(ours.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .endsWith("}");
            }
        }
    }

    @Test
    void queuesStubsWhileManyOthersDoNotCome() throws Exception {
        fixture.ollama().pace(Pacing.stepped(1));
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            fixture.ollama().offer(FakeModel.of("gpt-oss:" + i + "-cloud", 384));
            waiting.add(fixture.call("POST", "/api/pull")
                    .body("{\"model\":\"gpt-oss:" + i + "-cloud\"}")
                    .open());
            assertThat(fixture.ollama().awaitPulls(i + 1, PATIENCE)).isTrue();
        }

        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"gpt-oss:20b-cloud\"}")
                        .status())
                .isEqualTo(202);
        for (Socket socket : waiting) {
            socket.close();
        }
        assertThat(fixture.ollama().awaitPulls(0, PATIENCE)).isTrue();
        assertThat(fixture.entry("gpt-oss:20b-cloud").state()).isEqualTo(EntryState.PENDING);
    }

    @Test
    void keepsWhatAClientSentAheadWhileAStubIsPulled() throws Exception {
        String pull = "{\"model\":\"gpt-oss:20b-cloud\",\"stream\":false}";
        SteppedPacing steps = Pacing.stepped(1000);
        fixture.ollama().pace(steps);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), fixture.proxy().port())) {
            socket.getOutputStream()
                    .write(("POST /api/pull HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + pull.length()
                                    + "\r\n\r\n" + pull)
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(fixture.ollama().awaitPulls(1, PATIENCE)).isTrue();
            socket.getOutputStream()
                    .write("GET /api/version HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            steps.finish();

            Call.readTo(socket.getInputStream(), "{\"status\":\"success\"}");
            Call.readTo(socket.getInputStream(), "{\"version\":");
        }
    }

    @Test
    void cutsOffAndQueuesACloudModelThatIsNone() throws IOException {
        fixture.ollama().pace(Pacing.stepped(1000));
        Answer answer = fixture.pull(ProxyFixture.CLI, "{\"model\":\"evil/weights:big-cloud\"}");

        assertThat(answer.body()).contains("queued for off-peak download").doesNotContain("success");
        await().until(() -> fixture.ollama().pullsRunning() == 0);
        assertThat(fixture.entry("evil/weights:big-cloud").state()).isEqualTo(EntryState.PENDING);
    }

    @Test
    void holdsTheAnswerOfOneWhoWaitsForACloudModelThatIsNone() throws IOException {
        fixture.ollama().pace(Pacing.stepped(1000));
        try (Socket socket = fixture.held("evil/weights:big-cloud")) {
            await().ignoreExceptions()
                    .until(() -> fixture.entry("evil/weights:big-cloud").state() == EntryState.PENDING);
            fixture.ollama().pace(Pacing.pieces(5_000_000));
            fixture.queue().process();

            assertThat(Call.readTo(socket.getInputStream(), "{\"status\":\"success\"}\n"))
                    .containsOnlyOnce("pulling manifest")
                    .doesNotContain("error");
        }
        assertThat(fixture.ollama().installed()).contains("evil/weights:big-cloud");
    }

    @Test
    void asksNoMoreByDayForACloudModelThatIsNone() throws IOException {
        fixture.ollama().pace(Pacing.stepped(1000));
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"evil/weights:big-cloud\",\"stream\":false}");

        Answer again = fixture.pull(ProxyFixture.CLI, "{\"model\":\"evil/weights:big-cloud\"}");

        assertThat(again.body()).contains("queued for off-peak download: position 1");
        assertThat(fixture.ollama().pulls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersSuccessForACloudModelThatIsNoneButHere(boolean stream) throws IOException {
        fixture.ollama().install(FakeModel.of("evil/weights:big-cloud", 50_000_000));

        Answer answer =
                fixture.pull(ProxyFixture.CLI, "{\"model\":\"evil/weights:big-cloud\",\"stream\":" + stream + "}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("{\"status\":\"success\"}").doesNotContain("error");
        assertThat(fixture.entry("evil/weights:big-cloud").request().refresh()).isTrue();
    }
}
