package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets two databases work on one file, as two processes do. */
final class SharedFileTest {

    private static final int THREADS = 16;

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private List<Database> databases;

    @BeforeEach
    void open() {
        Path file = directory.resolve("queue.db");
        databases = List.of(Database.open(file, clock), Database.open(file, clock));
    }

    @AfterEach
    void close() {
        databases.forEach(Database::close);
    }

    @Test
    void everyModelIsQueuedOnceAndCountedOnce() throws Exception {
        List<List<EnqueueResult>> results = atOnce(database -> {
            QueueStore store = new QueueStore(database, clock, clock::instant);
            SqliteRateLimiter limiter = new SqliteRateLimiter(database, 100, clock, ZoneOffset.UTC);
            List<EnqueueResult> own = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                own.add(store.enqueue(PullRequest.of(ModelName.parse("model-" + i), Requester.named("me")), limiter));
            }
            return own;
        });

        assertThat(results.stream().flatMap(List::stream).filter(EnqueueResult.Queued.class::isInstance))
                .hasSize(30);
        for (Database database : databases) {
            QueueStore store = new QueueStore(database, clock, clock::instant);
            assertThat(store.snapshot(Page.FIRST).counts().pending()).isEqualTo(30);
        }
        assertThat(new SqliteRateLimiter(databases.get(0), 100, clock, ZoneOffset.UTC)
                        .peek(Requester.named("me"))
                        .remaining())
                .isEqualTo(70);
    }

    @Test
    void oneOfManyClaimsAndOneOfManyStarts() throws Exception {
        new QueueStore(databases.get(0), clock, clock::instant)
                .enqueue(
                        PullRequest.of(ModelName.parse("llama2"), Requester.named("me")),
                        new SqliteRateLimiter(databases.get(0), 0, clock, ZoneOffset.UTC));

        assertThat(atOnce(database -> new ClaimStore(database, clock, "owner", Duration.ofSeconds(15)).claimNext(1)))
                .filteredOn(Optional::isPresent)
                .hasSize(1);
        assertThat(atOnce(database -> new RunStore(database, clock).startRun(Run.Cause.SCHEDULE, null)))
                .filteredOn(Optional::isPresent)
                .hasSize(1);
    }

    @Test
    void oneOfManyActsOnADueStart() throws Exception {
        Instant from = new ScheduleMemory(databases.get(0), clock).consideredUntil("0 3 * * *", "UTC");
        Instant to = from.plusSeconds(60);

        assertThat(atOnce(database -> new ScheduleMemory(database, clock).advance(from, to)))
                .filteredOn(acts -> acts)
                .hasSize(1);
    }

    private <T> List<T> atOnce(Function<Database, T> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Database database = databases.get(i % databases.size());
                calls.add(() -> work.apply(database));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdown();
        }
    }
}
