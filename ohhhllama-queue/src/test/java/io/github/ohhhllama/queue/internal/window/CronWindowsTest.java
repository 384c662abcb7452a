package io.github.ohhhllama.queue.internal.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronWindowsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 22 * * * | 4h | 2026-11-23T22:00+01:00 | 2026-11-24T02:00+01:00",
                "0 22 * * * | 90m | 2026-11-23T22:00+01:00 | 2026-11-23T23:30+01:00",
                "0 22 * * * | 1H30M | 2026-11-23T22:00+01:00 | 2026-11-23T23:30+01:00",
                "0 22 * * * | PT4H | 2026-11-23T22:00+01:00 | 2026-11-24T02:00+01:00",
                "0 22 * * * | 06:00 | 2026-11-23T22:00+01:00 | 2026-11-24T06:00+01:00",
                "0 22 * * * | 23:30 | 2026-11-23T22:00+01:00 | 2026-11-23T23:30+01:00",
                "0 22 * * * | 24:00 | 2026-11-23T22:00+01:00 | 2026-11-24T00:00+01:00",
                "0 22 * * tue | 22:00 | 2026-11-24T22:00+01:00 | 2026-11-25T22:00+01:00",
                // It fires again while the window is open.
                "0 20-23 * * * | 4h | 2026-11-23T20:00+01:00 | 2026-11-24T03:00+01:00",
                "*/5 22 * * * | 06:00 | 2026-11-23T22:00+01:00 | 2026-11-24T06:00+01:00",
                "* 0 22 * * ? | 1h | 2026-11-23T22:00+01:00 | 2026-11-23T23:00:59+01:00",
                "* 22 * * * | 1m | 2026-11-23T22:00+01:00 | 2026-11-23T23:00+01:00",
                "0 0 * * sat,sun | 24h | 2026-11-28T00:00+01:00 | 2026-11-30T00:00+01:00",
                "0 0 1 * * | 168h | 2026-12-01T00:00+01:00 | 2026-12-08T00:00+01:00",
                "0 3 29 2 * | 2h | 2028-02-29T03:00+01:00 | 2028-02-29T05:00+01:00",
                // A clock change: a time in the gap is right after it, the first of two counts, a duration is what
                // passes.
                "30 2 28 3 * | 1h | 2027-03-28T03:00+02:00 | 2027-03-28T04:00+02:00",
                "30 2 28 3 * | 06:00 | 2027-03-28T03:00+02:00 | 2027-03-28T06:00+02:00",
                "30 2 27,28,29 3 * | 03:00 | 2027-03-27T02:30+01:00 | 2027-03-27T03:00+01:00",
                "0 0 28 3 * | 8h | 2027-03-28T00:00+01:00 | 2027-03-28T09:00+02:00",
                "30 2 25 10 * | 30m | 2027-10-25T02:30+02:00 | 2027-10-25T03:00+02:00",
                "0 0 31 10 * | 02:30 | 2027-10-31T00:00+02:00 | 2027-10-31T02:30+02:00",
                "30 2 31 10 * | 2h | 2027-10-31T02:30+02:00 | 2027-10-31T03:30+01:00",
            })
    void opensWhenTheScheduleFires(String schedule, String end, OffsetDateTime opens, OffsetDateTime closes) {
        Timetable timetable = RecurringTimetable.starting(CronSchedule.parse(schedule, BERLIN), end);

        assertThat(timetable.next(Instant.parse("2026-11-23T12:00:00Z")))
                .contains(new Window(opens.toInstant(), closes.toInstant()));
        assertThat(timetable.at(closes.toInstant().minusSeconds(1)))
                .contains(new Window(opens.toInstant(), closes.toInstant()));
        assertThat(timetable.at(closes.toInstant())).isEmpty();
    }

    @Test
    void aWindowThatLiesInTheGapDoesNotOpen() {
        Timetable timetable = RecurringTimetable.starting(CronSchedule.parse("30 2 * * *", BERLIN), "03:00");

        assertThat(timetable.list(Instant.parse("2027-03-27T12:00:00Z"), 1))
                .extracting(Window::opens)
                .containsExactly(Instant.parse("2027-03-29T00:30:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"0 * * * *, 4h", "0 0/20 * * * ?, 2h", "0 22 * * *, 22:00", "*/30 * * * *, 06:00"})
    void aWindowThatOpensAgainBeforeItClosesIsAlwaysOpen(String schedule, String end) {
        Timetable timetable = RecurringTimetable.starting(CronSchedule.parse(schedule, BERLIN), end);
        Instant now = Instant.parse("2026-11-23T12:00:00Z");

        assertThat(timetable.at(now)).contains(new Window(Instant.EPOCH, CronSchedule.NEVER));
        assertThat(timetable.next(now)).isEmpty();
    }

    @Test
    void theHourThatComesTwiceIsCoveredOnceByWindowsOfAnHour() {
        Timetable timetable = RecurringTimetable.starting(CronSchedule.parse("0 * * * *", BERLIN), "1h");

        assertThat(timetable.at(Instant.parse("2026-11-23T12:00:00Z")))
                .contains(new Window(Instant.parse("2026-10-25T02:00:00Z"), Instant.parse("2027-10-31T01:00:00Z")));
    }

    @Test
    void aScheduleThatIsOverHasNoWindows() {
        Timetable timetable = RecurringTimetable.starting(CronSchedule.parse("0 0 22 24 12 ? 2026", BERLIN), "4h");
        Instant now = Instant.parse("2026-11-23T12:00:00Z");

        assertThat(timetable.list(now, 5)).hasSize(1);
        assertThat(timetable.next(Instant.parse("2027-01-01T00:00:00Z"))).isEmpty();
        assertThat(timetable.at(Instant.parse("2027-12-24T22:00:00Z"))).isEmpty();
    }

    @Test
    void listsTheOpenWindowFirst() {
        Timetable timetable = RecurringTimetable.starting(CronSchedule.parse("0 22 * * *", BERLIN), "8h");

        List<Window> windows = timetable.list(Instant.parse("2026-11-23T23:00:00Z"), 3);

        assertThat(windows)
                .extracting(Window::opens)
                .containsExactly(
                        Instant.parse("2026-11-23T21:00:00Z"),
                        Instant.parse("2026-11-24T21:00:00Z"),
                        Instant.parse("2026-11-25T21:00:00Z"));
        assertThat(windows).extracting(Window::length).containsOnly(Duration.ofHours(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h", "4", "4x", "4h30", "soon", "P", "PT", "30m4h"})
    void whatIsNoEndIsRefused(String end) {
        assertThatThrownBy(() -> RecurringTimetable.starting(CronSchedule.parse("0 22 * * *", BERLIN), end))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + end + "\"")
                .hasMessageContaining("expected a duration (4h, 90m, 1h30m, 90s, PT4H) or a time (06:00)");
    }

    @ParameterizedTest
    @CsvSource({
        "0h, too short",
        "PT30S, too short",
        "PT-4H, too short",
        "169h, too long",
        "P8D, too long",
        "24:01, expected 00:00 to 24:00",
        "6:5, expected 00:00 to 24:00",
        "22:00-06:00, expected 00:00 to 24:00"
    })
    void anEndOutOfRangeIsRefused(String end, String message) {
        assertThatThrownBy(() -> RecurringTimetable.starting(CronSchedule.parse("0 22 * * *", BERLIN), end))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + end + "\"")
                .hasMessageContaining(message);
    }
}
