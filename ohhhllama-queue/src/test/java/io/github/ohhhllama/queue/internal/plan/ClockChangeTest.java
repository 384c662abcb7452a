package io.github.ohhhllama.queue.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ohhhllama.Night;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Stint;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fills the nights in which clocks change, from 22:00 to 06:00, at 1 GB an hour. */
final class ClockChangeTest {

    private static final long GB_AN_HOUR = 1_000_000_000;
    private static final Pace PACE = Paces.always(new Speed(277_777, 277_777, 277_778));

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-28, PT7H",
        "Europe/Berlin, 2026-10-24, PT9H",
        "America/New_York, 2026-03-07, PT7H",
        "America/New_York, 2026-10-31, PT9H",
        "Australia/Lord_Howe, 2026-10-03, PT7H30M",
        "Australia/Lord_Howe, 2026-04-04, PT8H30M",
        "Asia/Kolkata, 2026-03-28, PT8H"
    })
    void aNightBringsAsMuchAsItLasts(ZoneId zone, LocalDate evening, Duration length) {
        Instant noon = evening.atTime(12, 0).atZone(zone).toInstant();
        Situation situation = new Situation(
                noon,
                List.of(Wish.of(1, 12 * GB_AN_HOUR).entry()),
                new Hours.Windows(NightlyWindow.from22To6(zone)),
                Overtime.NONE,
                Obstacles.NONE);
        Plan plan = new Forecaster(zone).plan(situation, PACE);

        Night first = plan.nights().get(0);
        assertThat(first.window()).isEqualTo(NightlyWindow.from22To6(zone).on(evening));
        assertThat(first.window().length()).isEqualTo(length);
        Stint stint = first.stints().get(0);
        assertThat(Duration.between(stint.from(), stint.to())).isEqualTo(length);
        assertThat(stint.bytes()).isCloseTo(277_777 * length.toSeconds(), within(10L));
        assertThat(plan.forecasts().get(0).whyWaiting()).contains("waits for the window, opens 22:00");
    }
}
