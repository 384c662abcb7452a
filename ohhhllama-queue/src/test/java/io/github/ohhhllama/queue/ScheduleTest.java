package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Looks at the starts in Berlin around the day in March on which 02:30 does not exist. */
final class ScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void showsTheNextStarts() {
        assertThat(Schedule.parse("30 2 * * *", BERLIN).next(Instant.parse("2027-03-26T12:00:00Z"), 3))
                .containsExactly(
                        Instant.parse("2027-03-27T01:30:00Z"),
                        Instant.parse("2027-03-28T01:00:00Z"),
                        Instant.parse("2027-03-29T00:30:00Z"));
    }

    @Test
    void showsNoneWhereThereIsNone() {
        assertThat(Schedule.parse("0 0 3 * * ? 2020", BERLIN).next(Instant.parse("2026-11-23T12:00:00Z"), 3))
                .isEmpty();
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> Schedule.parse("0 24 * * *", BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 24 * * *")
                .hasMessageContaining("hour");
    }
}
