package io.github.ohhhllama.queue.internal.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WeeklyWindowsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 2026-11-23 is a Monday.
                "mon-fri 22:00-06:00; sat,sun 00:00-24:00 | 2026-11-26 | 2026-11-26T22:00+01:00 2026-11-27T06:00+01:00 "
                        + "2026-11-27T22:00+01:00 2026-11-30T00:00+01:00 2026-11-30T22:00+01:00 2026-12-01T06:00+01:00",
                "fri-mon 23:00-01:00 | 2026-11-26 | 2026-11-27T23:00+01:00 2026-11-28T01:00+01:00 "
                        + "2026-11-28T23:00+01:00 2026-11-29T01:00+01:00",
                "22:00-6:30 | 2026-11-23 | 2026-11-23T22:00+01:00 2026-11-24T06:30+01:00",
                "Daily 22:00 - 23:00 | 2026-11-23 | 2026-11-23T22:00+01:00 2026-11-23T23:00+01:00",
                "SAT, Sunday 12:00-13:00 | 2026-11-23 | 2026-11-28T12:00+01:00 2026-11-28T13:00+01:00 "
                        + "2026-11-29T12:00+01:00 2026-11-29T13:00+01:00",
                "wed 22:00-22:00 | 2026-11-23 | 2026-11-25T22:00+01:00 2026-11-26T22:00+01:00",
                "mon 22:00-06:00 America/New_York; | 2026-11-23 | 2026-11-24T04:00+01:00 2026-11-24T12:00+01:00",
                "mon 20:00-22:00; mon 21:00-23:00; mon 23:00-23:30 | 2026-11-23 | "
                        + "2026-11-23T20:00+01:00 2026-11-23T23:30+01:00",
            })
    void opensAndCloses(String windows, LocalDate from, String moments) {
        assertWindows(RecurringTimetable.weekly(windows, BERLIN), from, moments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The clock goes from 02:00 to 03:00.
                "Europe/Berlin | 22:00-02:30 | 2027-03-27 | 2027-03-27T22:00+01:00 2027-03-28T03:00+02:00",
                "Europe/Berlin | sun 02:30-06:00 | 2027-03-27 | 2027-03-28T03:00+02:00 2027-03-28T06:00+02:00",
                "Europe/Berlin | 02:30-03:00 | 2027-03-27 | 2027-03-27T02:30+01:00 2027-03-27T03:00+01:00 "
                        + "2027-03-29T02:30+02:00 2027-03-29T03:00+02:00",
                "Europe/Berlin | 02:15-02:45 | 2027-03-28 | 2027-03-29T02:15+02:00 2027-03-29T02:45+02:00",
                "Europe/Berlin | sun 00:00-24:00 | 2027-03-27 | 2027-03-28T00:00+01:00 2027-03-29T00:00+02:00",
                // It shows 02:00 to 03:00 twice: the first time counts.
                "Europe/Berlin | 22:00-02:30 | 2026-10-24 | 2026-10-24T22:00+02:00 2026-10-25T02:30+02:00",
                "Europe/Berlin | 22:00-03:00 | 2026-10-24 | 2026-10-24T22:00+02:00 2026-10-25T03:00+01:00",
                "Europe/Berlin | sun 02:15-02:45 | 2026-10-24 | 2026-10-25T02:15+02:00 2026-10-25T02:45+02:00",
                "Europe/Berlin | sun 02:30-04:00 | 2026-10-24 | 2026-10-25T02:30+02:00 2026-10-25T04:00+01:00",
                "Europe/Berlin | sun 00:00-24:00 | 2026-10-24 | 2026-10-25T00:00+02:00 2026-10-26T00:00+01:00",
                "America/New_York | 22:00-01:30 | 2026-10-31 | 2026-10-31T22:00-04:00 2026-11-01T01:30-04:00",
                // Half an hour only.
                "Australia/Lord_Howe | 02:00-02:30 | 2026-10-04 | 2026-10-05T02:00+11:00 2026-10-05T02:30+11:00",
                "Australia/Lord_Howe | 01:00-01:45 | 2027-04-04 | 2027-04-04T01:00+11:00 2027-04-04T01:45+11:00",
                "Asia/Kolkata | 22:00-06:00 | 2027-03-27 | 2027-03-27T22:00+05:30 2027-03-28T06:00+05:30",
                // The clock changes at midnight.
                "Asia/Beirut | sat 00:00-24:00 | 2026-03-28 | 2026-03-28T00:00+02:00 2026-03-29T01:00+03:00",
                "Asia/Beirut | sat,sun 00:00-24:00 | 2026-03-28 | 2026-03-28T00:00+02:00 2026-03-30T00:00+03:00",
                // Samoa left out 30 December 2011, a Friday.
                "Pacific/Apia | fri 00:00-24:00 | 2011-12-28 | 2012-01-06T00:00+14:00 2012-01-07T00:00+14:00",
            })
    void followsTheClockOnTheWallOverAChange(ZoneId zone, String windows, LocalDate from, String moments) {
        assertWindows(RecurringTimetable.weekly(windows, zone), from, moments);
    }

    @Test
    void aLocalDayHasTwentyThreeOrTwentyFiveHours() {
        Timetable sundays = RecurringTimetable.weekly("sun 00:00-24:00", BERLIN);

        assertThat(sundays.at(Instant.parse("2027-03-28T12:00:00Z"))
                        .orElseThrow()
                        .length())
                .isEqualTo(Duration.ofHours(23));
        assertThat(sundays.at(Instant.parse("2026-10-25T12:00:00Z"))
                        .orElseThrow()
                        .length())
                .isEqualTo(Duration.ofHours(25));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00-24:00", "daily 03:00-03:00", "mon-sun 06:00-22:00; 22:00-06:00"})
    void whatNeverClosesHasNoNextWindow(String windows) {
        Timetable always = RecurringTimetable.weekly(windows, BERLIN);
        Instant now = Instant.parse("2026-11-23T12:00:00Z");

        assertThat(always.at(now)).hasValueSatisfying(window -> {
            assertThat(window.opens()).isEqualTo(Instant.EPOCH);
            assertThat(window.closes()).isAfter("9999-01-01T00:00:00Z");
        });
        assertThat(always.next(now)).isEmpty();
        assertThat(always.list(now, 3)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | has no window",
                "; ; | has no window",
                "mno 22:00-06:00 | \"mno\" is no day, expected mon to sun",
                "mon- 22:00-06:00 | \"\" is no day",
                "mon,,tue 22:00-06:00 | \"\" is no day",
                "mon-daily 22:00-06:00 | \"daily\" is no day",
                "mon 25:00-06:00 | \"25:00\" is no time, expected 00:00 to 23:59",
                "mon 24:00-06:00 | \"24:00\" is no time",
                "mon 22:00-06:60 | \"06:60\" is no time, expected 00:00 to 24:00",
                "mon 22:00-24:30 | \"24:30\" is no time",
                "mon 22-6 | \"22\" is no time",
                "mon 22:00-06:00 Mars/Base | zone \"Mars/Base\" is unknown, expected one such as",
                "mon 22:00 | window \"mon 22:00\": expected days, from-to",
                "nightly | window \"nightly\": expected days, from-to",
                "mon 22:00-06:00, tue 22:00-06:00 | expected",
            })
    void namesWhatIsWrong(String windows, String message) {
        assertThatThrownBy(() -> RecurringTimetable.weekly(windows, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static void assertWindows(Timetable timetable, LocalDate from, String moments) {
        List<Instant> expected = List.of(moments.split(" ")).stream()
                .map(moment -> OffsetDateTime.parse(moment).toInstant())
                .toList();
        List<Window> windows =
                timetable.list(from.minusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant(), expected.size() / 2 + 4);
        List<Instant> found = windows.stream()
                .filter(window -> !window.opens().isBefore(expected.get(0)))
                .flatMap(window -> List.of(window.opens(), window.closes()).stream())
                .limit(expected.size())
                .toList();
        assertThat(found).isEqualTo(expected);
    }
}
