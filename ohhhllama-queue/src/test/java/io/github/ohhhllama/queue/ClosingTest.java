package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SettableClock;
import io.github.ohhhllama.testing.SteppedPacing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closes a queue while it downloads the first of two models. */
final class ClosingTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");
    private final SteppedPacing steps = Pacing.stepped(100_000);
    private final List<EntryEvent.Kind> heard = new CopyOnWriteArrayList<>();
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @TempDir
    private Path directory;

    private FakeOllama ollama;

    @BeforeEach
    void startOllama() {
        ollama = FakeOllama.start()
                .offer(FakeModel.of("mistral", 1_000_000))
                .offer(FakeModel.of("phi3", 1_000_000))
                .pace(steps);
    }

    @AfterEach
    void stopOllama() {
        ollama.close();
    }

    @Test
    void opensNothingIfWhatItWasToldIsWrong() {
        Path database = directory.resolve("never.db");

        assertThatThrownBy(() -> Ohhhllama.builder(database)
                        .pauses(Duration.ofMinutes(2), Duration.ofMinutes(1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(database).doesNotExist();
    }

    @Test
    void handsTheRunningDownloadBackAtOnceUnlessItIsTold() {
        downloading(builder()).close();

        assertThat(states()).containsExactly(EntryState.PENDING, EntryState.PENDING);
        assertThat(heard).endsWith(EntryEvent.Kind.STARTED, EntryEvent.Kind.PAUSED);
        assertThat(ollama.pulls()).containsExactly("mistral");
    }

    @Test
    void letsTheRunningDownloadFinishAndBeginsNoOther() throws InterruptedException {
        Thread closer = closing(downloading(builder().drain(LONG)));

        steps.finish();
        closer.join();

        assertThat(states()).containsExactly(EntryState.COMPLETED, EntryState.PENDING);
        assertThat(heard).endsWith(EntryEvent.Kind.STARTED, EntryEvent.Kind.COMPLETED);
        assertThat(ollama.pulls()).containsExactly("mistral");
    }

    @Test
    void handsBackWhatTakesLonger() {
        downloading(builder().drain(Duration.ofMillis(1))).close();

        assertThat(states()).containsExactly(EntryState.PENDING, EntryState.PENDING);
        assertThat(heard).endsWith(EntryEvent.Kind.PAUSED);
        await().until(() -> ollama.pullsRunning() == 0);
    }

    @Test
    void handsBackWhenTheClosingThreadIsInterruptedAndKeepsTheInterrupt() throws InterruptedException {
        Thread closer = closing(downloading(builder().drain(LONG)));

        closer.interrupt();
        closer.join();

        assertThat(states()).containsExactly(EntryState.PENDING, EntryState.PENDING);
        assertThat(heard).endsWith(EntryEvent.Kind.PAUSED);
        assertThat(interrupted).isTrue();
    }

    @Test
    void waitsForNothingWhereNothingRuns() {
        Ohhhllama ohhhllama = builder().drain(LONG).build();
        ohhhllama.start();
        enqueue(ohhhllama, "mistral");

        ohhhllama.close();

        assertThat(ollama.pulls()).isEmpty();
    }

    @Test
    void refusesANegativePatience() {
        assertThatThrownBy(() -> builder().drain(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("patience must be 0 or longer, was PT-1S");
    }

    private Ohhhllama downloading(Ohhhllama.Builder builder) {
        Ohhhllama ohhhllama = builder.listener(new Ear()).build();
        ohhhllama.start();
        enqueue(ohhhllama, "mistral");
        enqueue(ohhhllama, "phi3");
        ohhhllama.queue().process();
        steps.step(3);
        await().until(() -> ollama.downloaded("mistral") >= 200_000);
        return ohhhllama;
    }

    /** Closes in a thread of its own, and returns when that waits for the download. */
    private Thread closing(Ohhhllama ohhhllama) {
        Thread closer = new Thread(() -> {
            ohhhllama.close();
            interrupted.set(Thread.interrupted());
        });
        closer.start();
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        return closer;
    }

    private List<EntryState> states() {
        try (Ohhhllama next = builder().build()) {
            return List.of(state(next, 1), state(next, 2));
        }
    }

    private static EntryState state(Ohhhllama ohhhllama, long entry) {
        return ohhhllama.queue().find(entry).orElseThrow().state();
    }

    private Ohhhllama.Builder builder() {
        return Ohhhllama.builder(directory.resolve("queue.db"))
                .registry(Registry.NONE)
                .backend(ollama.uri())
                .clock(clock);
    }

    private static void enqueue(Ohhhllama ohhhllama, String model) {
        ohhhllama.queue().enqueue(PullRequest.of(ModelName.parse(model), Requester.named("me")));
    }

    /** Keeps what was heard of the first entry. */
    private final class Ear implements QueueListener {

        @Override
        public void entryChanged(QueueEntry entry, EntryEvent event) {
            if (entry.id() == 1) {
                heard.add(event.kind());
            }
        }
    }
}
