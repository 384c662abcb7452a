package io.github.ohhhllama.queue.internal.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlackoutDatesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Timetable NIGHTS = RecurringTimetable.weekly("22:00-06:00", BERLIN);

    @Test
    void cutsDaysFromMidnightToMidnight() {
        Timetable cut = without("2026-12-24..2026-12-26, 2026-12-31");

        assertThat(cut.list(Instant.parse("2026-12-23T12:00:00Z"), 3))
                .containsExactly(
                        window("2026-12-23T21:00:00Z", "2026-12-23T23:00:00Z"),
                        window("2026-12-26T23:00:00Z", "2026-12-27T05:00:00Z"),
                        window("2026-12-27T21:00:00Z", "2026-12-28T05:00:00Z"));
        assertThat(cut.at(Instant.parse("2026-12-31T22:00:00Z"))).isEmpty();
        assertThat(cut.next(Instant.parse("2026-12-31T12:00:00Z")))
                .contains(window("2026-12-31T23:00:00Z", "2027-01-01T05:00:00Z"));
    }

    @Test
    void cutsAWindowInTwo() {
        Timetable cut = new BlackedOut(
                RecurringTimetable.weekly("00:00-24:00", BERLIN),
                List.of(BlackoutDates.parse("2026-12-24", BERLIN), BlackoutDates.parse("2026-12-25", BERLIN)));

        assertThat(cut.at(Instant.parse("2026-12-01T00:00:00Z")))
                .hasValueSatisfying(window -> assertThat(window.closes()).isEqualTo("2026-12-23T23:00:00Z"));
        assertThat(cut.next(Instant.parse("2026-12-01T00:00:00Z")))
                .hasValueSatisfying(window -> assertThat(window.opens()).isEqualTo("2026-12-25T23:00:00Z"));
    }

    @Test
    void nothingOpensWhileEverythingIsBlack() {
        Timetable cut = without("2000-01-01..2999-12-31");

        assertThat(cut.list(Instant.parse("2026-12-01T00:00:00Z"), 3)).isEmpty();
    }

    @Test
    void noDatesCutNothing() {
        Instant now = Instant.parse("2026-12-01T00:00:00Z");

        assertThat(without(" ").list(now, 3)).isEqualTo(NIGHTS.list(now, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"24.12.2026", "2026-02-29", "12-24", "2026-12-24..", "2026-12-24...2026-12-26", "xmas"})
    void whatIsNoDayIsRefused(String dates) {
        assertThatThrownBy(() -> BlackoutDates.parse("2026-01-01, " + dates, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + dates + "\" is no day and no range of days,"
                        + " expected for instance 2026-12-31 or 2026-12-24..2026-12-26");
    }

    @Test
    void aRangeThatEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> BlackoutDates.parse("2026-12-26..2026-12-24", BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"2026-12-26..2026-12-24\" ends before it begins");
    }

    private static Timetable without(String dates) {
        return new BlackedOut(NIGHTS, List.of(BlackoutDates.parse(dates, BERLIN)));
    }

    private static Window window(String opens, String closes) {
        return new Window(Instant.parse(opens), Instant.parse(closes));
    }
}
