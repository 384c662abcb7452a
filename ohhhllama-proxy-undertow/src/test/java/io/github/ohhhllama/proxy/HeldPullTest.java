package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.testing.Pacing;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits for a model with the answer held open. */
final class HeldPullTest {

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
    void holdsTheAnswerOfOneWhoWaitsUntilTheModelIsHere() throws IOException {
        fixture.ollama().pace(Pacing.pieces(500_000));
        try (Socket socket = fixture.call("POST", "/api/pull")
                .as(ProxyFixture.CLI)
                .with("Prefer", "wait")
                .body("{\"model\":\"mistral\"}")
                .open()) {
            Call.readTo(socket.getInputStream(), "{\"status\":\"pulling manifest\"}\n");
            fixture.queue().process();

            String rest = Call.readTo(socket.getInputStream(), "{\"status\":\"success\"}\n");
            assertThat(rest).doesNotContain("error");
        }
        assertThat(fixture.ollama().installed()).contains("mistral:latest");
    }

    @Test
    void showsOneWhoWaitsTheBeatOfTheQueue() throws IOException {
        try (Socket socket = fixture.held("mistral")) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            fixture.clock().advance(Duration.ofMinutes(12));

            assertThat(Call.readTo(socket.getInputStream(), "}\n"))
                    .contains("\"status\":\"queued, waited 12m\"", "\"digest\":\"sha256:", "\"completed\":1}");
        }
    }

    @Test
    void tellsOneWhosePatienceEndsThatTheModelIsStillQueued() throws IOException {
        try (Socket socket = fixture.call("POST", "/api/pull")
                .as(ProxyFixture.CLI)
                .with("Prefer", "wait=60")
                .body("{\"model\":\"mistral\"}")
                .open()) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            fixture.clock().advance(Duration.ofSeconds(61));

            assertThat(Call.readTo(socket.getInputStream(), "\"}\n"))
                    .contains("mistral is queued for off-peak download");
        }
    }

    @Test
    void keepsTheModelOfOneWhoStoppedWaiting() throws IOException {
        try (Socket socket = fixture.held("mistral")) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
        }
        assertThat(fixture.entry("mistral").state()).isEqualTo(EntryState.PENDING);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 0", "true, 262144", "false, 262144"})
    void missesOneWhoStoppedWaiting(boolean stream, int sentAhead) throws IOException {
        Socket waiting = fixture.call("POST", "/api/pull")
                .as(ProxyFixture.CLI)
                .with("Prefer", "wait")
                .body("{\"model\":\"mistral\",\"stream\":" + stream + '}')
                .open();
        await().until(() -> heldPulls().equals("1.0"));
        waiting.getOutputStream().write(new byte[sentAhead]);

        waiting.close();

        await().until(() -> heldPulls().equals("0.0"));
        assertThat(fixture.entry("mistral").state()).isEqualTo(EntryState.PENDING);
    }

    private String heldPulls() throws IOException {
        String metrics = fixture.call("GET", "/metrics").send().body();
        return metrics.lines()
                .filter(line -> line.startsWith("ohhhllama_held_pulls "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsOneWhoWaitsWhyTheModelDoesNotCome() throws IOException {
        try (Socket socket = fixture.held("no-such-model")) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            fixture.queue().process();

            assertThat(Call.readTo(socket.getInputStream(), "\"}\n\r\n0\r\n"))
                    .contains("{\"error\":\"pull model manifest: file does not exist");
        }
    }

    /** Some clients give up within ten seconds without a head, which is how long Ollama may be silent. */
    @Test
    void beginsToAnswerOneWhoWaitsWhileOllamaIsSilent() throws IOException {
        try (NightFixture night = new NightFixture()) {
            night.silence = new CountDownLatch(1);
            try (Socket socket = Call.of(night.port(), "POST", "/api/pull")
                    .as(NightFixture.CLI)
                    .with("Prefer", "wait")
                    .body("{\"model\":\"mistral\"}")
                    .open()) {
                Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
                night.silence.countDown();
                await().until(() -> night.queue.find(1).isPresent());
                night.clock.advance(Duration.ofMinutes(1));

                assertThat(Call.readTo(socket.getInputStream(), "}\n")).contains("\"status\":\"queued, waited ");
            }
        }
    }

    @Test
    void goesOnWithTheBeatWhileTheQueueCannotBeAskedAndEndsInTime() throws IOException {
        try (NightFixture night = new NightFixture();
                Socket socket = Call.of(night.port(), "POST", "/api/pull")
                        .as(NightFixture.CLI)
                        .with("Prefer", "wait=60")
                        .body("{\"model\":\"mistral\"}")
                        .open()) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            night.answers.put(
                    "find",
                    new QueueStorageException(
                            QueueStorageException.Reason.UNAVAILABLE, "somebody has locked it", null));
            night.clock.advance(Duration.ofSeconds(30));
            assertThat(Call.readTo(socket.getInputStream(), "}\n")).contains("queued, waited 0m");

            night.clock.advance(Duration.ofSeconds(31));
            assertThat(Call.readTo(socket.getInputStream(), "}\n")).contains("{\"error\":\"somebody has locked it\"}");
        }
    }

    @Test
    void saysToOneWhoseAnswerIsOneObjectThatItIsNotYetTime() throws IOException {
        try (Socket socket = fixture.call("POST", "/api/pull")
                .as(ProxyFixture.CURL)
                .with("Prefer", "wait=60")
                .body("{\"model\":\"mistral\",\"stream\":false}")
                .open()) {
            await().until(() -> heldPulls().equals("1.0"));
            fixture.clock().advance(Duration.ofSeconds(61));

            assertThat(Call.readTo(socket.getInputStream(), "not here yet.\"}"))
                    .contains("HTTP/1.1 503", "Retry-After: ", "mistral is queued for off-peak download");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverTellsOneWhoMakesAModelThatItIsMade(boolean stream) throws IOException {
        fixture.ollama().pace(Pacing.unlimited());
        try (Socket socket = fixture.call("POST", "/api/create")
                .as(ProxyFixture.CLI)
                .with("Prefer", "wait")
                .body("{\"model\":\"mine\",\"from\":\"mistral\",\"stream\":" + stream + '}')
                .open()) {
            await().until(() -> heldPulls().equals("1.0"));
            fixture.queue().process();

            assertThat(Call.readTo(socket.getInputStream(), "from it\"}"))
                    .contains("{\"error\":\"mistral is here now: send the request again", stream ? " 200 " : " 503 ")
                    .doesNotContain("success");
        }
    }

    @Test
    void holdsEverybodyIfSoConfigured() throws IOException {
        fixture.restart(5, ProxyFixture.OPEN_TO_NOBODY, PullReply.HOLD);
        fixture.ollama().pace(Pacing.unlimited());
        try (Socket socket = fixture.call("POST", "/api/pull")
                .as(ProxyFixture.CURL)
                .body("{\"model\":\"mistral\",\"stream\":false}")
                .open()) {
            await().until(() -> fixture.queue().snapshot(Page.FIRST).counts().pending() == 1);
            fixture.queue().process();

            assertThat(Call.readTo(socket.getInputStream(), "{\"status\":\"success\"}"))
                    .contains("HTTP/1.1 200");
        }
    }
}
