package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.Requester;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lives through weeks in which clocks change, the program is restarted and the computer sleeps, and counts the bytes that
 * come while no window is open: there are none.
 */
final class SimulatedWeeksTest {

    private static final Duration STEP = Duration.ofMinutes(10);
    private static final long BYTES_A_STEP = 700_000_000L;
    private static final LocalTime OPENS = LocalTime.of(22, 0);
    private static final LocalTime CLOSES = LocalTime.of(6, 0);

    /** In one pass over the queue the clock is looked at a couple of times; after this many, one pass is over. */
    private static final int PASS = 25;

    @TempDir
    private Path directory;

    private final SimulatedLine line = new SimulatedLine();

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-26T12:00:00Z, 1",
        "Europe/Berlin, 2026-10-22T12:00:00Z, 2",
        "America/New_York, 2026-10-30T12:00:00Z, 3",
        "Australia/Lord_Howe, 2026-10-01T12:00:00Z, 4",
        "Asia/Kolkata, 2026-06-01T12:00:00Z, 5",
    })
    void noByteComesOutsideTheWindow(String zone, String start, long seed) {
        Random chance = new Random(seed);
        CountedClock clock = new CountedClock(Instant.parse(start));
        Instant end = Instant.parse(start).plus(Duration.ofDays(14));
        long inside = 0;
        long outside = 0;
        Ohhhllama ohhhllama = started(clock, ZoneId.of(zone));
        try {
            for (int model = 0; model < 8; model++) {
                wish(ohhhllama, model, (5 + chance.nextInt(60)) * 1_000_000_000L);
            }
            for (Instant now = Instant.parse(start); now.isBefore(end); now = next(now, chance)) {
                clock.set(now);
                if (chance.nextInt(60) == 0) {
                    ohhhllama.close();
                    ohhhllama = started(clock, ZoneId.of(zone));
                }
                settle(clock);
                long came = line.bring(BYTES_A_STEP);
                if (isNight(now, ZoneId.of(zone))) {
                    inside += came;
                } else {
                    outside += came;
                }
            }
            assertThat(outside).isZero();
            assertThat(inside).isGreaterThan(50_000_000_000L);
            assertThat(ohhhllama.queue().snapshot(Page.FIRST).counts().failed()).isZero();
            assertThat(ohhhllama.queue().snapshot(Page.FIRST).counts().completed())
                    .isPositive();
        } finally {
            ohhhllama.close();
        }
    }

    private Ohhhllama started(CountedClock clock, ZoneId zone) {
        Ohhhllama.Builder builder = Ohhhllama.builder(directory.resolve("queue.db"))
                .ollama(line)
                .registry(Registry.NONE)
                .schedule("0 22 * * *")
                .window("06:00")
                .zone(zone)
                .rateLimit(0)
                .clock(clock);
        builder.heartbeat = Duration.ofMillis(1);
        builder.look = Duration.ofMillis(2);
        Ohhhllama ohhhllama = builder.build();
        ohhhllama.start();
        return ohhhllama;
    }

    private void wish(Ohhhllama ohhhllama, int number, long size) {
        ModelName model = ModelName.parse("model" + number);
        line.offer(model, size);
        ohhhllama.queue().enqueue(PullRequest.of(model, Requester.named("somebody")));
    }

    /** Mostly a step later; now and then the computer sleeps for some hours. */
    private static Instant next(Instant now, Random chance) {
        return now.plus(STEP.multipliedBy(chance.nextInt(80) == 0 ? 1 + chance.nextInt(40) : 1));
    }

    /** Waits until whoever is responsible has looked at the new time for a whole pass. */
    private void settle(CountedClock clock) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> clock.looks(line.isBusy() ? "ohhhllama-lease" : "ohhhllama-drain") > PASS);
    }

    private static boolean isNight(Instant moment, ZoneId zone) {
        LocalTime time = moment.atZone(zone).toLocalTime();
        return !time.isBefore(OPENS) || time.isBefore(CLOSES);
    }
}
