package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.queue.internal.sqlite.Claim;
import io.github.ohhhllama.queue.internal.sqlite.ClaimStore;
import io.github.ohhhllama.queue.internal.sqlite.Database;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SettableClock;
import io.github.ohhhllama.testing.SteppedPacing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process, another JVM, in mid-download, and lets this one go on with its file. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class KilledDownloadTest {

    private static final String MODEL = "mistral";
    private static final long SIZE = 2_000_000;
    private static final long PIECE = 100_000;
    private static final int PIECES_BEFORE_THE_KILL = 3;
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final long RUN = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Stands still in the process that is killed. */
    private static final String MOMENT = "2026-11-23T12:00:00Z";

    private final SettableClock clock = SettableClock.at(MOMENT);
    private final SteppedPacing steps = Pacing.stepped(PIECE);

    @TempDir
    private Path directory;

    private FakeOllama ollama;
    private Process process;

    @BeforeEach
    void startDownload() throws IOException {
        ollama = FakeOllama.start().offer(FakeModel.of(MODEL, SIZE)).pace(steps);
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InterruptedDownload.class.getName(),
                        file().toString(),
                        ollama.uri().toString(),
                        MODEL,
                        MOMENT)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        steps.step(PIECES_BEFORE_THE_KILL);
    }

    @AfterEach
    void stopAll() {
        process.destroyForcibly();
        ollama.close();
    }

    @Test
    void goesOnInAnotherProcessAndCountsAsNoFailure() throws Exception {
        killInMidDownload();
        steps.finish();

        clock.advance(Duration.ofMinutes(1));
        try (Ohhhllama ohhhllama = ohhhllama()) {
            ohhhllama.start();
            await().atMost(PATIENCE)
                    .until(() -> snapshot(ohhhllama).recent().stream().anyMatch(KilledDownloadTest::isCompleted));

            assertThat(snapshot(ohhhllama).counts()).isEqualTo(new QueueCounts(0, 0, 1, 0));
            assertThat(snapshot(ohhhllama).recent())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.attempts().made()).isZero());
        }
        assertThat(ollama.installed()).containsExactly(MODEL + ":latest");
        assertThat(ollama.pulls()).containsExactly(MODEL, MODEL);
        assertThat(ollama.mostPullsAtOnce()).isEqualTo(1);
    }

    @Test
    void isLeftAloneUntilTheLeaseEnds() throws Exception {
        killInMidDownload();

        try (Database database = Database.open(file(), clock)) {
            ClaimStore claims = new ClaimStore(database, clock, "another", LEASE);
            clock.advance(LEASE.minusMillis(1));
            assertThat(claims.claimNext(RUN)).isEmpty();

            clock.advance(Duration.ofMillis(1));
            assertThat(claims.claimNext(RUN)).map(Claim::attempts).contains(0);
        }
    }

    private void killInMidDownload() throws InterruptedException {
        // Not started: it only looks at what the other process wrote.
        try (Ohhhllama onlooker = ohhhllama()) {
            await().atMost(PATIENCE)
                    .until(() -> downloaded(snapshot(onlooker).queue()) == PIECES_BEFORE_THE_KILL * PIECE);
        }
        process.destroyForcibly().waitFor();
        assertThat(ollama.awaitPulls(0, PATIENCE)).isTrue();
    }

    private static long downloaded(List<QueueEntry> queue) {
        return queue.stream()
                .flatMap(entry -> entry.downloaded().stream())
                .mapToLong(download -> download.progress().completed())
                .sum();
    }

    private static boolean isCompleted(QueueEntry entry) {
        return entry.state() == EntryState.COMPLETED;
    }

    private static QueueSnapshot snapshot(Ohhhllama ohhhllama) {
        return ohhhllama.queue().snapshot(Page.FIRST);
    }

    private Ohhhllama ohhhllama() {
        return Ohhhllama.builder(file())
                .registry(Registry.NONE)
                .backend(ollama.uri())
                .clock(clock)
                .build();
    }

    private Path file() {
        return directory.resolve("queue.db");
    }
}
