package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.ProcessResult;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.Fault;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SettableClock;
import io.github.ohhhllama.testing.SteppedPacing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows entries from the request to the model, on a real database and before a fake Ollama. */
final class OhhhllamaTest {

    private static final Requester ME = Requester.named("me");
    private static final long MEGABYTE = 1_000_000;

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private FakeOllama ollama;

    @BeforeEach
    void startOllama() {
        ollama = FakeOllama.start()
                .offer(FakeModel.of("llama3:8b", 3 * MEGABYTE, 1000))
                .offer(FakeModel.of("mistral", 2 * MEGABYTE))
                .offer(FakeModel.of("phi3", MEGABYTE))
                .pace(Pacing.pieces(500_000));
    }

    @AfterEach
    void stopOllama() {
        ollama.close();
    }

    @Test
    void downloadsNothingBeforeItIsTold() {
        try (Ohhhllama ohhhllama = started()) {
            enqueue(ohhhllama, "mistral");

            assertThat(ohhhllama.queue().schedule().isRunning()).isFalse();
            assertThat(ollama.pulls()).isEmpty();
        }
    }

    @Test
    void downloadsOneAfterTheOtherInTheOrderOfAsking() {
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry first = enqueue(ohhhllama, "llama3:8b");
            QueueEntry second = enqueue(ohhhllama, "mistral");

            assertThat(ohhhllama.queue().process()).isEqualTo(ProcessResult.STARTED);

            awaitState(ohhhllama, first, EntryState.COMPLETED);
            awaitState(ohhhllama, second, EntryState.COMPLETED);
            assertThat(ollama.pulls()).containsExactly("llama3:8b", "mistral");
            assertThat(ollama.mostPullsAtOnce()).isEqualTo(1);
            await().until(() -> !ohhhllama.queue().schedule().isRunning());
        }
    }

    @Test
    void pullsInTheSpellingOfTheUser() {
        ollama.offer(FakeModel.of("hf.co/Bartowski/L-GGUF:Q4_K_M", MEGABYTE));
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry entry = enqueue(ohhhllama, "hf.co/Bartowski/L-GGUF:Q4_K_M");
            ohhhllama.queue().process();
            awaitState(ohhhllama, entry, EntryState.COMPLETED);

            assertThat(ollama.pulls()).containsExactly("hf.co/Bartowski/L-GGUF:Q4_K_M");
        }
    }

    @Test
    void saysThatNothingWaits() {
        try (Ohhhllama ohhhllama = started()) {
            assertThat(ohhhllama.queue().process()).isEqualTo(ProcessResult.NOTHING_WAITING);
        }
    }

    @Test
    void saysThatItIsRunning() {
        ollama.pace(Pacing.stepped(1));
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry entry = enqueue(ohhhllama, "mistral");
            ohhhllama.queue().process();
            awaitState(ohhhllama, entry, EntryState.DOWNLOADING);

            assertThat(ohhhllama.queue().process()).isEqualTo(ProcessResult.ALREADY_RUNNING);
        }
    }

    @Test
    void startsWhenTheScheduleSaysSo() {
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry entry = enqueue(ohhhllama, "mistral");
            assertThat(entry.standing().orElseThrow().startsAt()).isEqualTo(Instant.parse("2026-11-24T02:00:00Z"));

            clock.set(Instant.parse("2026-11-24T02:00:01Z"));

            awaitState(ohhhllama, entry, EntryState.COMPLETED);
        }
    }

    @Test
    void catchesUpOnceWhatWasMissedWhileItWasDown() {
        QueueEntry entry;
        try (Ohhhllama ohhhllama = started()) {
            entry = enqueue(ohhhllama, "mistral");
            await().until(() -> ohhhllama.queue().storage().trouble().isEmpty());
        }
        clock.set(Instant.parse("2026-11-26T09:00:00Z"));
        try (Ohhhllama ohhhllama = started()) {
            awaitState(ohhhllama, entry, EntryState.COMPLETED);
            await().until(() -> !ohhhllama.queue().schedule().isRunning());

            QueueEntry later = enqueue(ohhhllama, "phi3");
            assertThat(later.standing().orElseThrow().startsAt()).isEqualTo(Instant.parse("2026-11-27T02:00:00Z"));
        }
    }

    @Test
    void goesOnAfterItWasStoppedInMidDownload() {
        SteppedPacing steps = Pacing.stepped(100_000);
        ollama.pace(steps);
        QueueEntry entry;
        try (Ohhhllama ohhhllama = started()) {
            entry = enqueue(ohhhllama, "mistral");
            ohhhllama.queue().process();
            steps.step(3);
            await().until(() -> ollama.downloaded("mistral") >= 200_000);
        }
        await().until(() -> ollama.pullsRunning() == 0);

        ollama.pace(Pacing.unlimited());
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry waiting = ohhhllama.queue().find(entry.id()).orElseThrow();
            assertThat(waiting.attempts().made()).isZero();
            awaitState(ohhhllama, entry, EntryState.COMPLETED);
        }
    }

    @Test
    void failsAtOnceWhatTheRegistryDoesNotKnow() {
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry unknown = enqueue(ohhhllama, "no-such-model");
            QueueEntry known = enqueue(ohhhllama, "mistral");
            ohhhllama.queue().process();

            awaitState(ohhhllama, unknown, EntryState.FAILED);
            awaitState(ohhhllama, known, EntryState.COMPLETED);
            assertThat(ohhhllama
                            .queue()
                            .find(unknown.id())
                            .orElseThrow()
                            .attempts()
                            .lastError())
                    .hasValueSatisfying(error -> assertThat(error).contains("file does not exist"));
        }
    }

    @Test
    void doesNotLetOneBadModelHoldUpTheOthersAndTriesItAgainAfterAPause() {
        ollama.fault("llama3:8b", Fault.failWith("max retries exceeded: unexpected EOF"));
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry bad = enqueue(ohhhllama, "llama3:8b");
            QueueEntry good = enqueue(ohhhllama, "mistral");
            ohhhllama.queue().process();

            awaitState(ohhhllama, good, EntryState.COMPLETED);
            QueueEntry waiting = ohhhllama.queue().find(bad.id()).orElseThrow();
            assertThat(waiting.state()).isEqualTo(EntryState.PENDING);
            assertThat(waiting.attempts().made()).isEqualTo(1);
            assertThat(waiting.attempts().nextAt())
                    .isBetween(clock.instant().plusSeconds(1), clock.instant().plusSeconds(60));

            clock.advance(Duration.ofMinutes(2));
            awaitState(ohhhllama, bad, EntryState.COMPLETED);
        }
    }

    @Test
    void fetchesOnceMoreWhatDidNotMatchItsDigestAndThenGivesUp() {
        ollama.fault("mistral", Fault.failWith("digest mismatch, file must be downloaded again: want a, got b"));
        ollama.fault("mistral", Fault.failWith("digest mismatch, file must be downloaded again: want a, got b"));
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry entry = enqueue(ohhhllama, "mistral");
            ohhhllama.queue().process();

            awaitState(ohhhllama, entry, EntryState.FAILED);
            assertThat(ollama.pulls()).hasSize(2);
        }
    }

    @Test
    void doesNotBelieveASuccessThatIsNotListed() {
        ollama.fault("mistral", Fault.SUCCESS_WITHOUT_LISTING);
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry entry = enqueue(ohhhllama, "mistral");
            ohhhllama.queue().process();

            await().until(() -> find(ohhhllama, entry).attempts().made() == 1);
            assertThat(find(ohhhllama, entry).state()).isEqualTo(EntryState.PENDING);
        }
    }

    @Test
    void endsAnAttemptThatFallsSilent() {
        ollama.fault("mistral", Fault.hangAfter(MEGABYTE));
        try (Ohhhllama ohhhllama = builder().silence(Duration.ofMillis(200)).build()) {
            ohhhllama.start();
            QueueEntry entry = enqueue(ohhhllama, "mistral");
            ohhhllama.queue().process();

            await().until(() -> find(ohhhllama, entry).attempts().made() == 1);
            await().until(() -> ollama.pullsRunning() == 0);
        }
    }

    @Test
    void waitsPatientlyWhileOllamaVerifies() {
        ollama.fault("mistral", Fault.SILENT_VERIFYING);
        try (Ohhhllama ohhhllama = builder().silence(Duration.ofMillis(50)).build()) {
            ohhhllama.start();
            QueueEntry entry = enqueue(ohhhllama, "mistral");
            ohhhllama.queue().process();
            await().until(() -> find(ohhhllama, entry)
                    .downloaded()
                    .filter(download -> download.progress().isVerifying())
                    .isPresent());

            await().during(Duration.ofMillis(300))
                    .until(() -> find(ohhhllama, entry).state() == EntryState.DOWNLOADING);
            ollama.resume();

            awaitState(ohhhllama, entry, EntryState.COMPLETED);
            assertThat(ollama.pulls()).hasSize(1);
        }
    }

    @Test
    void cancelsARunningDownloadForGood() {
        ollama.pace(Pacing.stepped(100_000));
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry entry = enqueue(ohhhllama, "mistral");
            QueueEntry next = enqueue(ohhhllama, "phi3");
            ohhhllama.queue().process();
            awaitState(ohhhllama, entry, EntryState.DOWNLOADING);

            assertThat(ohhhllama.queue().remove(ModelName.parse("MISTRAL:latest")))
                    .isPresent();
            ollama.pace(Pacing.unlimited());

            awaitState(ohhhllama, next, EntryState.COMPLETED);
            assertThat(ohhhllama.queue().find(entry.id())).isEmpty();
            assertThat(ollama.installed()).doesNotContain("mistral:latest");
        }
    }

    @Test
    void cancelsADownloadThatRunsInAnotherProcess() {
        ollama.pace(Pacing.stepped(100_000));
        try (Ohhhllama one = started();
                Ohhhllama other = builder().build()) {
            QueueEntry entry = enqueue(one, "mistral");
            one.queue().process();
            awaitState(one, entry, EntryState.DOWNLOADING);

            other.queue().remove(entry.id());

            await().until(() -> ollama.pullsRunning() == 0);
        }
    }

    @Test
    void keepsOneDownloadAtATimeForTwoProcesses() {
        try (Ohhhllama one = started();
                Ohhhllama other = started()) {
            QueueEntry first = enqueue(one, "llama3:8b");
            QueueEntry second = enqueue(other, "mistral");
            QueueEntry third = enqueue(one, "phi3");
            one.queue().process();
            other.queue().process();

            awaitState(one, first, EntryState.COMPLETED);
            awaitState(one, second, EntryState.COMPLETED);
            awaitState(one, third, EntryState.COMPLETED);
            assertThat(ollama.mostPullsAtOnce()).isEqualTo(1);
            assertThat(ollama.pulls()).hasSize(3);
        }
    }

    @Test
    void showsProgressWhileItDownloads() {
        SteppedPacing steps = Pacing.stepped(500_000);
        ollama.pace(steps);
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry entry = enqueue(ohhhllama, "mistral");
            ohhhllama.queue().process();
            steps.step(2);

            await().until(() -> find(ohhhllama, entry)
                    .downloaded()
                    .filter(download -> download.progress().completed() == MEGABYTE
                            && download.progress().total() == 2 * MEGABYTE)
                    .isPresent());
            assertThat(ohhhllama.queue().snapshot(Page.FIRST).counts().downloading())
                    .isEqualTo(1);
            steps.finish();
            awaitState(ohhhllama, entry, EntryState.COMPLETED);
        }
    }

    @Test
    void waitsForAnOllamaThatIsNotThereYet() {
        int port = ollama.port();
        ollama.close();
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry entry = enqueue(ohhhllama, "mistral");
            ohhhllama.queue().process();
            await().until(() -> find(ohhhllama, entry).attempts().made() == 1);

            ollama = FakeOllama.start(port).offer(FakeModel.of("mistral", MEGABYTE));
            clock.advance(Duration.ofMinutes(2));

            awaitState(ohhhllama, entry, EntryState.COMPLETED);
        }
    }

    @Test
    void refreshesWhatIsHere() {
        ollama.install(FakeModel.of("tiny", 1000));
        ollama.offer(FakeModel.of("tiny", 1000).updated());
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry entry = refresh(ohhhllama, "tiny");
            ohhhllama.queue().process();

            awaitState(ohhhllama, entry, EntryState.COMPLETED);
            assertThat(ollama.pulls()).containsExactly("tiny");
        }
    }

    @Test
    void doesNotBringBackWhatWasDeletedBeforeItCouldBeRefreshed() {
        try (Ohhhllama ohhhllama = started()) {
            QueueEntry entry = refresh(ohhhllama, "mistral");
            ohhhllama.queue().process();

            awaitState(ohhhllama, entry, EntryState.FAILED);
            assertThat(ollama.pulls()).isEmpty();
        }
    }

    @Test
    void refusesAScheduleThatIsNone() {
        assertThatThrownBy(() -> builder().schedule("0 25 * * *").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 25 * * *");
    }

    @Test
    void refusesAScheduleThatIsOver() {
        assertThatThrownBy(() -> builder().schedule("0 0 3 * * ? 2020").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 0 3 * * ? 2020");
    }

    @Test
    void leavesNoThreadBehind() {
        try (Ohhhllama ohhhllama = started()) {
            enqueue(ohhhllama, "mistral");
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("ohhhllama-")));
    }

    private Ohhhllama.Builder builder() {
        return Ohhhllama.builder(directory.resolve("queue.db"))
                .registry(Registry.NONE)
                .backend(ollama.uri())
                .zone(ZoneId.of("Europe/Berlin"))
                .clock(clock)
                .rateLimit(0);
    }

    private Ohhhllama started() {
        Ohhhllama ohhhllama = builder().build();
        ohhhllama.start();
        return ohhhllama;
    }

    private static QueueEntry enqueue(Ohhhllama ohhhllama, String model) {
        return enqueue(ohhhllama, PullRequest.of(ModelName.parse(model), ME));
    }

    private static QueueEntry refresh(Ohhhllama ohhhllama, String model) {
        return enqueue(ohhhllama, new PullRequest(ModelName.parse(model), ME, false, true));
    }

    private static QueueEntry enqueue(Ohhhllama ohhhllama, PullRequest request) {
        return ohhhllama
                .queue()
                .enqueue(request)
                .match(
                        EnqueueResult.Queued::entry,
                        EnqueueResult.AlreadyQueued::entry,
                        current -> {
                            throw new AssertionError("is here: " + current);
                        },
                        refused -> {
                            throw new AssertionError("refused: " + refused);
                        });
    }

    private static QueueEntry find(Ohhhllama ohhhllama, QueueEntry entry) {
        return ohhhllama.queue().find(entry.id()).orElseThrow();
    }

    private static void awaitState(Ohhhllama ohhhllama, QueueEntry entry, EntryState state) {
        await("entry " + entry.id() + " to be " + state)
                .atMost(Duration.ofSeconds(30))
                .until(() -> find(ohhhllama, entry).state() == state);
    }
}
