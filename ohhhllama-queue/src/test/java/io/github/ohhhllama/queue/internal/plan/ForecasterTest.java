package io.github.ohhhllama.queue.internal.plan;

import static io.github.ohhhllama.queue.internal.plan.Wish.GB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Forecast.Tonight;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Night;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Shortage;
import io.github.ohhhllama.Stint;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.window.Timetable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans for a window from 22:00 to 06:00, at noon, with a line that does 1, 2 or 4 MB a second: 7.2 GB an hour. */
final class ForecasterTest {

    private static final Instant NOON = at("23T12:00");
    private static final Hours NIGHTLY = new Hours.Windows(NightlyWindow.from22To6(ZoneOffset.UTC));
    private static final long HOUR_OF_BYTES = 7_200_000_000L;
    private static final Pace PACE = Paces.always(new Speed(1_000_000, 2_000_000, 4_000_000));

    private final Forecaster forecaster = new Forecaster(ZoneOffset.UTC);

    @Test
    void oneModelAfterTheOtherFromTheOpeningOn() {
        Plan plan = plan(Wish.of(1, HOUR_OF_BYTES), Wish.of(2, HOUR_OF_BYTES / 2));

        assertThat(plan.madeAt()).isEqualTo(NOON);
        assertThat(plan.bytesPerSecond()).isEqualTo(2_000_000);
        assertThat(plan.nights())
                .containsExactly(new Night(
                        new Window(at("23T22:00"), at("24T06:00")),
                        List.of(
                                stint(1, "23T22:00", "23T23:00", HOUR_OF_BYTES, true),
                                stint(2, "23T23:00", "23T23:30", HOUR_OF_BYTES / 2, true))));
        assertThat(forecast(plan, 2).earliest()).isEqualTo(at("23T22:45"));
        assertThat(forecast(plan, 2).latest()).isEqualTo(at("24T01:00"));
        assertThat(forecast(plan, 2).tonight()).isEqualTo(Tonight.YES);
    }

    @Test
    void whatDoesNotFitGoesOnInTheNextNight() {
        Plan plan = plan(Wish.of(1, 10 * HOUR_OF_BYTES), Wish.of(2, HOUR_OF_BYTES));

        assertThat(plan.nights().stream().flatMap(night -> night.stints().stream()))
                .containsExactly(
                        stint(1, "23T22:00", "24T06:00", 8 * HOUR_OF_BYTES, false),
                        stint(1, "24T22:00", "25T00:00", 2 * HOUR_OF_BYTES, true),
                        stint(2, "25T00:00", "25T01:00", HOUR_OF_BYTES, true));
        assertThat(forecast(plan, 1).tonight()).isEqualTo(Tonight.MAYBE);
        assertThat(forecast(plan, 1).earliest()).isEqualTo(at("24T03:00"));
        assertThat(forecast(plan, 1).latest()).isEqualTo(at("26T02:00"));
    }

    @Test
    void whatDoesNotFitEvenOnAFastLineIsNotThereTonight() {
        Plan plan = plan(Wish.of(1, 17 * HOUR_OF_BYTES));

        assertThat(forecast(plan, 1).tonight()).isEqualTo(Tonight.NO);
    }

    @Test
    void whatTakesMoreThanAFortnightOfNightsHasNoEnd() {
        Plan plan = plan(Wish.of(1, 100 * HOUR_OF_BYTES));

        assertThat(plan.nights()).hasSize(13);
        assertThat(forecast(plan, 1).earliest()).isEqualTo(at("30T00:00"));
        assertThat(forecast(plan, 1).latest()).isNull();

        plan = plan(Wish.of(1, 500 * HOUR_OF_BYTES), Wish.of(2, 1));
        assertThat(plan.nights()).hasSize(14);
        assertThat(plan.forecasts()).allSatisfy(forecast -> {
            assertThat(forecast.earliest()).isNull();
            assertThat(forecast.latest()).isNull();
            assertThat(forecast.tonight()).isEqualTo(Tonight.NO);
        });
    }

    @Test
    void anUnknownSizeHasNoStintAndLeavesThoseBehindItWithoutLatest() {
        Plan plan = plan(Wish.of(1, GB), Wish.ofUnknownSize(2), Wish.of(3, HOUR_OF_BYTES));

        assertThat(stints(plan)).extracting(Stint::entry).containsExactly(1L, 3L);
        assertThat(forecast(plan, 1).latest()).isNotNull();
        assertThat(forecast(plan, 2))
                .isEqualTo(new Forecast(
                        2, null, null, Tonight.UNKNOWN, forecast(plan, 2).holds()));
        assertThat(forecast(plan, 3).earliest()).isEqualTo(at("23T22:34:10"));
        assertThat(forecast(plan, 3).latest()).isNull();
        assertThat(forecast(plan, 3).tonight()).isEqualTo(Tonight.MAYBE);
    }

    @Test
    void aLineOfUnknownSpeedHasReasonsOnly() {
        Plan plan = forecaster.plan(situation(Wish.of(1, GB), Wish.of(2, GB)), Pace.unknown());

        assertThat(plan.bytesPerSecond()).isNull();
        assertThat(plan.nights()).isEmpty();
        assertThat(plan.forecasts()).extracting(Forecast::entry).containsExactly(1L, 2L);
        assertThat(forecast(plan, 2))
                .isEqualTo(new Forecast(
                        2, null, null, Tonight.UNKNOWN, forecast(plan, 2).holds()));
        assertThat(words(plan, 2)).containsExactly("waits for the window, opens 22:00", "1 other before it");
    }

    @Test
    void aDownloadThatRunsTellsTheSpeedOfALineOfWhichNothingElseIsKnown() {
        Situation running = situation(at("23T22:30"), Wish.of(1, HOUR_OF_BYTES).runningAt(2_000_000));
        Forecast forecast = forecast(forecaster.plan(running, Pace.unknown()), 1);

        assertThat(forecast.earliest()).isEqualTo(at("23T23:10"));
        assertThat(forecast.latest()).isEqualTo(at("24T00:30"));
        assertThat(forecast.holds()).isEmpty();
    }

    @Test
    void aDownloadThatRunsTellsTheSpeedOfThisHourOnly() {
        Situation running =
                situation(at("23T22:30"), Wish.of(1, 2 * HOUR_OF_BYTES).runningAt(4_000_000));

        assertThat(stints(forecaster.plan(running, PACE)))
                .containsExactly(stint(1, "23T22:30", "24T00:00", 2 * HOUR_OF_BYTES, true));
    }

    @Test
    void bytesThatAreHereAreNotFetchedAgain() {
        Plan plan = plan(Wish.of(1, 2 * HOUR_OF_BYTES).begunWith(HOUR_OF_BYTES));

        assertThat(stints(plan)).containsExactly(stint(1, "23T22:00", "23T23:00", HOUR_OF_BYTES, true));
        assertThat(words(plan, 1)).containsExactly("paused: window closed, resumes 22:00");
    }

    @Test
    void whatRunsIsNotInterruptedAndPermitsComeNext() {
        Situation situation = new Situation(
                at("23T22:00"),
                entries(Wish.of(1, GB), Wish.of(2, GB), Wish.of(3, GB).runningAt(2_000_000)),
                NIGHTLY,
                new Overtime(null, Set.of(2L)),
                Obstacles.NONE);
        Plan plan = forecaster.plan(situation, PACE);

        assertThat(plan.forecasts()).extracting(Forecast::entry).containsExactly(3L, 2L, 1L);
        assertThat(stints(plan)).extracting(Stint::entry).containsExactly(3L, 2L, 1L);
        assertThat(words(plan, 2)).containsExactly("1 other before it");
    }

    @Test
    void aPermitLeavesTheWindowAlone() {
        Plan plan =
                plan(new Overtime(null, Set.of(2L)), Obstacles.NONE, Wish.of(1, GB), Wish.of(2, 11 * HOUR_OF_BYTES));

        assertThat(plan.nights()).hasSize(2);
        assertThat(plan.nights().get(0).window()).isEqualTo(new Window(NOON, at("23T22:00")));
        assertThat(stints(plan))
                .startsWith(
                        stint(2, "23T12:00", "23T22:00", 10 * HOUR_OF_BYTES, false),
                        stint(2, "23T22:00", "23T23:00", HOUR_OF_BYTES, true));
        assertThat(words(plan, 2)).isEmpty();
        assertThat(words(plan, 1)).containsExactly("waits for the window, opens 22:00", "1 other before it");
    }

    @Test
    void aRunWithAnEndIsAWindowMore() {
        Plan plan = plan(
                new Overtime(new Overtime.Run(at("23T13:00")), Set.of()),
                Obstacles.NONE,
                Wish.of(1, 2 * HOUR_OF_BYTES),
                Wish.of(2, GB));

        assertThat(plan.nights())
                .extracting(Night::window)
                .containsExactly(new Window(NOON, at("23T13:00")), new Window(at("23T22:00"), at("24T06:00")));
        assertThat(words(plan, 1)).isEmpty();
        assertThat(words(plan, 2)).containsExactly("1 other before it");
        assertThat(forecast(plan, 1).tonight()).isEqualTo(Tonight.YES);
    }

    @Test
    void aRunWithoutAnEndLastsUntilNothingIsLeft() {
        Plan plan =
                plan(new Overtime(new Overtime.Run(null), Set.of()), Obstacles.NONE, Wish.of(1, 30 * HOUR_OF_BYTES));

        assertThat(plan.nights()).extracting(Night::window).containsExactly(new Window(NOON, at("24T18:00")));
    }

    @Test
    void aScheduleWithoutAnEndRunsFromItsStartUntilNothingIsLeft() {
        Situation situation = new Situation(
                NOON,
                entries(Wish.of(1, 20 * HOUR_OF_BYTES), Wish.of(2, 10 * HOUR_OF_BYTES), Wish.of(3, 0)),
                new Hours.UntilEmpty(at("24T03:00")),
                Overtime.NONE,
                Obstacles.NONE);
        Plan plan = forecaster.plan(situation, PACE);

        assertThat(plan.nights()).extracting(Night::window).containsExactly(new Window(at("24T03:00"), at("25T09:00")));
        assertThat(plan.forecasts())
                .extracting(Forecast::tonight)
                .containsExactly(Tonight.MAYBE, Tonight.MAYBE, Tonight.MAYBE);
        assertThat(words(plan, 1)).containsExactly("waits for the window, opens 03:00");
    }

    @Test
    void aPauseWithAnEndIsWaitedFor() {
        Plan plan = plan(Overtime.NONE, pausedUntil(at("24T05:00")), Wish.of(1, 2 * HOUR_OF_BYTES));

        assertThat(stints(plan))
                .containsExactly(
                        stint(1, "24T05:00", "24T06:00", HOUR_OF_BYTES, false),
                        stint(1, "24T22:00", "24T23:00", HOUR_OF_BYTES, true));
        assertThat(words(plan, 1)).containsExactly("paused by hand until 05:00", "waits for the window, opens 22:00");
        assertThat(forecast(plan, 1).tonight()).isEqualTo(Tonight.MAYBE);
    }

    @Test
    void aPauseThatIsOverIsForgotten() {
        assertThat(words(plan(Overtime.NONE, pausedUntil(NOON), Wish.of(1, GB)), 1))
                .containsExactly("waits for the window, opens 22:00");
    }

    @Test
    void aPauseWithoutAnEndHidesTheFutureAlsoFromPermits() {
        Plan plan = plan(new Overtime(null, Set.of(1L)), pausedUntil(null), Wish.of(1, GB), Wish.of(2, GB));

        assertThat(plan.nights()).isEmpty();
        assertThat(forecast(plan, 1))
                .isEqualTo(new Forecast(
                        1, null, null, Tonight.UNKNOWN, forecast(plan, 1).holds()));
        assertThat(words(plan, 1)).containsExactly("paused by hand");
        assertThat(words(plan, 2))
                .containsExactly("paused by hand", "waits for the window, opens 22:00", "1 other before it");
    }

    @Test
    void whatLacksRoomIsInNobodysWayUnlessTheWorstComes() {
        Obstacles disk = new Obstacles(null, Map.of(1L, new Shortage(12_400_000_000L, 0, 0, 0)));
        Plan plan = plan(Overtime.NONE, disk, Wish.of(1, HOUR_OF_BYTES), Wish.of(2, HOUR_OF_BYTES));

        assertThat(stints(plan)).containsExactly(stint(2, "23T22:00", "23T23:00", HOUR_OF_BYTES, true));
        assertThat(words(plan, 1)).containsExactly("waiting: 12.4 GB short", "waits for the window, opens 22:00");
        assertThat(forecast(plan, 1).earliest()).isNull();
        assertThat(forecast(plan, 1).tonight()).isEqualTo(Tonight.UNKNOWN);
        assertThat(forecast(plan, 2).latest()).isEqualTo(at("24T02:00"));
        assertThat(words(plan, 2)).containsExactly("waits for the window, opens 22:00");
    }

    @Test
    void othersGoAheadOfOneThatPausesAfterAFailure() {
        Plan plan = plan(
                Wish.of(1, HOUR_OF_BYTES).notBefore(at("23T22:10")),
                Wish.of(2, HOUR_OF_BYTES),
                Wish.of(3, HOUR_OF_BYTES).notBefore(at("24T03:00")));

        assertThat(stints(plan))
                .containsExactly(
                        stint(2, "23T22:00", "23T23:00", HOUR_OF_BYTES, true),
                        stint(1, "23T23:00", "24T00:00", HOUR_OF_BYTES, true),
                        stint(3, "24T03:00", "24T04:00", HOUR_OF_BYTES, true));
        assertThat(words(plan, 1))
                .containsExactly("waits for the window, opens 22:00", "again after a failed attempt, not before 22:10");
    }

    @Test
    void whereNoWindowIsToComeNothingIsPromised() {
        Timetable never = new Timetable() {
            @Override
            public Optional<Window> at(Instant moment) {
                return Optional.empty();
            }

            @Override
            public Optional<Window> next(Instant moment) {
                return Optional.empty();
            }
        };
        Situation situation =
                new Situation(NOON, entries(Wish.of(1, GB)), new Hours.Windows(never), Overtime.NONE, Obstacles.NONE);
        Plan plan = forecaster.plan(situation, PACE);

        assertThat(plan.nights()).isEmpty();
        assertThat(forecast(plan, 1).tonight()).isEqualTo(Tonight.NO);
        assertThat(words(plan, 1)).containsExactly("waits for the window, none is to come");
    }

    @Test
    void aLineThatIsDeadBringsNothing() {
        Plan plan = forecaster.plan(situation(Wish.of(1, GB)), Paces.always(new Speed(0, 0, 0)));

        assertThat(plan.nights()).isEmpty();
        assertThat(forecast(plan, 1).latest()).isNull();
        assertThat(plan.bytesPerSecond()).isZero();
    }

    @Test
    void aModelThatIsHereButForItsNameTakesNoTime() {
        assertThat(stints(plan(Wish.of(1, 0)))).containsExactly(stint(1, "23T22:00", "23T22:00", 0, true));
        Plan plan = plan(new Overtime(null, Set.of(1L)), Obstacles.NONE, Wish.of(1, 0));
        assertThat(plan.nights().get(0).window().opens()).isEqualTo(NOON);
    }

    @Test
    void thePlanReachesAThousandEntriesFar() {
        Wish[] wishes = Stream.iterate(1L, id -> id + 1)
                .limit(1001)
                .map(id -> Wish.of(id, 1))
                .toArray(Wish[]::new);
        Plan plan = plan(wishes);

        assertThat(plan.forecasts()).hasSize(1000);
        assertThat(plan.forecast(1001)).isEmpty();
    }

    @Test
    void theHourOfTheDayDecidesHowFastItIs() {
        ZoneId kolkata = ZoneId.of("Asia/Kolkata");
        Pace pace = Paces.from(kolkata, Map.of(3, 2_000_000L, 4, 1_000_000L));
        Situation situation = new Situation(
                // Half past two in Kolkata.
                at("23T21:00"),
                entries(Wish.of(1, HOUR_OF_BYTES + HOUR_OF_BYTES / 2)),
                new Hours.UntilEmpty(at("23T21:30")),
                Overtime.NONE,
                Obstacles.NONE);

        assertThat(stints(new Forecaster(kolkata).plan(situation, pace)))
                .extracting(Stint::to)
                .containsExactly(at("23T23:30"));
    }

    private Plan plan(Wish... wishes) {
        return forecaster.plan(situation(wishes), PACE);
    }

    private Plan plan(Overtime overtime, Obstacles obstacles, Wish... wishes) {
        return forecaster.plan(new Situation(NOON, entries(wishes), NIGHTLY, overtime, obstacles), PACE);
    }

    private static Obstacles pausedUntil(@Nullable Instant moment) {
        return new Obstacles(new Holds(NOON, ZoneOffset.UTC).manual(moment), Map.of());
    }

    private static Situation situation(Wish... wishes) {
        return situation(NOON, wishes);
    }

    private static Situation situation(Instant now, Wish... wishes) {
        return new Situation(now, entries(wishes), NIGHTLY, Overtime.NONE, Obstacles.NONE);
    }

    private static List<QueueEntry> entries(Wish... wishes) {
        return Stream.of(wishes).map(Wish::entry).toList();
    }

    private static List<Stint> stints(Plan plan) {
        return plan.nights().stream().flatMap(night -> night.stints().stream()).toList();
    }

    private static Forecast forecast(Plan plan, long entry) {
        return plan.forecast(entry).orElseThrow();
    }

    private static List<String> words(Plan plan, long entry) {
        return forecast(plan, entry).holds().stream().map(Hold::words).toList();
    }

    private static Stint stint(long entry, String from, String to, long bytes, boolean finishes) {
        return new Stint(entry, ModelName.parse("model" + entry), at(from), at(to), bytes, finishes);
    }

    private static Instant at(String dayAndTime) {
        return Instant.parse("2026-11-" + dayAndTime + (dayAndTime.length() > 8 ? "Z" : ":00Z"));
    }
}
