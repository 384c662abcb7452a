package io.github.ohhhllama.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.History;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Priority;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.ShiftSummary;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.RegistryServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets nights pass in simulated time over a line of a set rate, on which real bytes come from a registry to an Ollama: every
 * part speaks HTTP, preflight included, and the registry counts what leaves the house by day.
 */
final class RealBytesTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-10-22T10:00:00Z");
    private static final LocalTime OPENS = LocalTime.of(22, 0);
    private static final LocalTime CLOSES = LocalTime.of(22, 30);

    /** More would be taken for sleep, and not count as a measurement of the line. */
    private static final Duration STEP = Duration.ofSeconds(30);

    private static final long BYTES_A_SECOND = 2_000;
    private static final long BYTES_A_NIGHT =
            BYTES_A_SECOND * Duration.between(OPENS, CLOSES).toSeconds();

    /** In one pass over the queue the clock is looked at a couple of times; after this many, one pass is over. */
    private static final int PASS = 25;

    @TempDir
    private Path directory;

    private final CountedClock clock = new CountedClock(NOON);
    private final Allowance line = new Allowance();
    private final RegistryServer registry = RegistryServer.start().pace(line);
    private final FakeOllama ollama = FakeOllama.start().fetchFrom(registry);
    private final List<ShiftSummary> summaries = new CopyOnWriteArrayList<>();
    private final Map<Long, Instant> ready = new HashMap<>();
    private Ohhhllama ohhhllama;

    @BeforeEach
    void start() {
        Ohhhllama.Builder builder = Ohhhllama.builder(directory.resolve("queue.db"))
                .backend(ollama.uri())
                .windows("22:00-22:30")
                .zone(ZONE)
                .rateLimit(0)
                .listener(new QueueListener() {
                    @Override
                    public void shiftEnded(ShiftSummary summary) {
                        summaries.add(summary);
                    }
                })
                .clock(clock);
        builder.heartbeat = Duration.ofMillis(1);
        builder.look = Duration.ofMillis(2);
        ohhhllama = builder.build();
        ohhhllama.start();
    }

    @AfterEach
    void stop() {
        ohhhllama.close();
        ollama.close();
        registry.close();
    }

    @Test
    void everyByteComesOnceAndAtNight() {
        FakeModel small = offer("small", BYTES_A_NIGHT / 4, 700);
        FakeModel large = offer("large", BYTES_A_NIGHT * 2, BYTES_A_NIGHT / 3, 900);
        FakeModel last = offer("last", BYTES_A_NIGHT / 5);
        List<QueueEntry> entries = List.of(enqueue(small), enqueue(large), enqueue(last));
        long bytes = small.size() + large.size() + last.size();
        assertThat(entries).allSatisfy(entry -> assertThat(entry.size()).isPresent());

        Instant secondNoon = NOON.plus(Duration.ofDays(1));
        long outside = passUntil(secondNoon);
        Map<Long, Forecast> forecasts = forecasts(entries);
        outside += passUntil(NOON.plus(Duration.ofDays(4)));

        assertThat(outside).as("bytes by day").isZero();
        assertThat(registry.served()).as("bytes in all").isEqualTo(bytes);
        assertThat(ohhhllama.queue().snapshot(Page.FIRST).counts().completed()).isEqualTo(entries.size());
        assertThat(ollama.mostPullsAtOnce()).isEqualTo(1);
        assertThat(ohhhllama
                        .queue()
                        .history(new History.Query(Instant.EPOCH, History.By.DAY, 100))
                        .fetches())
                .extracting(Fetch::outcome)
                .contains(Fetch.Outcome.PAUSED)
                .doesNotContain(Fetch.Outcome.FAILED);
        assertThat(summaries).hasSizeGreaterThanOrEqualTo(3);
        assertThat(summaries.stream().mapToLong(ShiftSummary::bytes).sum()).isEqualTo(bytes);
        assertThat(forecasts)
                .isNotEmpty()
                .allSatisfy((id, forecast) -> assertThat(ready.get(id))
                        .as("entry %d, foreseen at noon: %s", id, forecast)
                        .isBetween(
                                requireNonNull(forecast.earliest()).minus(STEP),
                                requireNonNull(forecast.latest()).plus(STEP)));
    }

    /** Lets time pass, and returns how many bytes came while the window was closed. */
    private long passUntil(Instant end) {
        long outside = 0;
        for (Instant now = clock.instant(); now.isBefore(end); now = next(now)) {
            clock.set(now);
            settle();
            long before = registry.served();
            line.bring(BYTES_A_SECOND * STEP.toSeconds());
            soon().until(() -> (line.isSpent() || registry.transfers() == 0) && told() == registry.served());
            line.take();
            outside += isNight(now) ? 0 : registry.served() - before;
            note(now.plus(STEP));
        }
        clock.set(end);
        settle();
        return outside;
    }

    /** Waits until the clock was looked at for a whole pass, and a layer is on its way exactly if an entry says so. */
    private void settle() {
        soon().until(() -> clock.looks("ohhhllama-drain") + clock.looks("ohhhllama-lease") > PASS
                && isDownloading() == registry.transfers() > 0);
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60));
    }

    /**
     * Returns how many bytes the queue knows of. What Ollama has fetched but not yet told when a window closes is nobody's:
     * the next attempt finds it on the disk.
     */
    private long told() {
        QueueSnapshot snapshot = ohhhllama.queue().snapshot(Page.FIRST);
        return Stream.concat(snapshot.queue().stream(), snapshot.recent().stream())
                .mapToLong(RealBytesTest::told)
                .sum();
    }

    private static long told(QueueEntry entry) {
        Extent extent = entry.size().orElseThrow();
        return entry.state() == EntryState.COMPLETED ? extent.size() : extent.size() - extent.missing();
    }

    private boolean isDownloading() {
        return ohhhllama.queue().snapshot(Page.FIRST).counts().downloading() > 0;
    }

    private void note(Instant now) {
        for (QueueEntry ended : ohhhllama.queue().snapshot(Page.FIRST).recent()) {
            if (ended.state() == EntryState.COMPLETED) {
                ready.putIfAbsent(ended.id(), now);
            }
        }
    }

    private Map<Long, Forecast> forecasts(List<QueueEntry> entries) {
        Map<Long, Forecast> forecasts = new HashMap<>();
        for (QueueEntry entry : entries) {
            ohhhllama.queue().plan().forecast(entry.id()).ifPresent(forecast -> forecasts.put(entry.id(), forecast));
        }
        return forecasts;
    }

    private FakeModel offer(String name, long... layers) {
        FakeModel model = FakeModel.of(registry.host() + "/library/" + name, layers);
        registry.offer(model);
        ollama.offer(model);
        return model;
    }

    private QueueEntry enqueue(FakeModel model) {
        PullRequest request = new PullRequest(model.name(), Requester.named("me"), true, false, Priority.NORMAL);
        return ((EnqueueResult.Queued) ohhhllama.queue().enqueue(request)).entry();
    }

    /** By day, an hour is looked at only once. */
    private static Instant next(Instant now) {
        return isNight(now) ? now.plus(STEP) : now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    }

    private static boolean isNight(Instant moment) {
        LocalTime time = moment.atZone(ZONE).toLocalTime();
        return !time.isBefore(OPENS) && time.isBefore(CLOSES);
    }

    /** Is a line on which bytes come when a simulation says so. */
    private static final class Allowance implements Pacing {

        private long left;

        synchronized void bring(long bytes) {
            left = bytes;
            notifyAll();
        }

        synchronized void take() {
            left = 0;
        }

        synchronized boolean isSpent() {
            return left == 0;
        }

        @Override
        public synchronized long next(long wanted) throws InterruptedException {
            while (left == 0) {
                wait();
            }
            long now = Math.min(left, wanted);
            left -= now;
            return now;
        }
    }
}
