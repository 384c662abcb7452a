package io.github.ohhhllama.queue.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Hold;
import io.github.ohhhllama.Hold.Cause;
import io.github.ohhhllama.Shortage;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HoldsTest {

    /** A Monday, 13:00 in Berlin. */
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Holds holds = new Holds(NOON, ZoneId.of("Europe/Berlin"));

    @Test
    void everyReasonHasItsWords() {
        Instant evening = Instant.parse("2026-11-23T21:00:00Z");

        assertThat(holds.manual(null)).isEqualTo(new Hold(Cause.MANUAL, "paused by hand", null));
        assertThat(holds.manual(evening)).isEqualTo(new Hold(Cause.MANUAL, "paused by hand until 22:00", evening));
        assertThat(holds.window(evening, true))
                .isEqualTo(new Hold(Cause.WINDOW, "paused: window closed, resumes 22:00", evening));
        assertThat(holds.window(evening, false))
                .isEqualTo(new Hold(Cause.WINDOW, "waits for the window, opens 22:00", evening));
        assertThat(holds.window(null, false))
                .isEqualTo(new Hold(Cause.WINDOW, "waits for the window, none is to come", null));
        assertThat(holds.retry(evening))
                .isEqualTo(new Hold(Cause.RETRY, "again after a failed attempt, not before 22:00", evening));
        assertThat(holds.turn(1)).isEqualTo(new Hold(Cause.TURN, "1 other before it", null));
        assertThat(holds.turn(2)).isEqualTo(new Hold(Cause.TURN, "2 others before it", null));
    }

    @ParameterizedTest
    @CsvSource({
        "12400000000, 12.4 GB",
        "999, 999 B",
        "1000, 1.0 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "1, 1 B",
        "9000000000000000000, 9.0 EB"
    })
    void shortagesAreToldInDecimalUnits(long missing, String told) {
        assertThat(holds.disk(new Shortage(missing, 0, 0, 0)).words()).isEqualTo("waiting: " + told + " short");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T11:59:00Z, 12:59",
        "2026-11-24T12:00:00Z, Tue 13:00",
        "2026-11-28T21:00:00Z, Sat 22:00",
        "2026-11-29T11:00:00Z, Sun 12:00",
        "2026-11-29T21:00:00Z, 2026-11-29 22:00",
        "2027-03-28T01:30:00Z, 2027-03-28 03:30",
        "2026-11-23T21:10:00.001Z, 22:11"
    })
    void timesSayTheDayWhenItIsNotTheNext(Instant until, String told) {
        assertThat(holds.manual(until).words()).isEqualTo("paused by hand until " + told);
    }
}
