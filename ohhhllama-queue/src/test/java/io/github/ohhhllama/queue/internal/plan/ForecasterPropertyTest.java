package io.github.ohhhllama.queue.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Night;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Shortage;
import io.github.ohhhllama.Stint;
import io.github.ohhhllama.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Holds for any queue, any window and any line, around the days on which clocks change. */
final class ForecasterPropertyTest {

    /** Two of them change their clocks by an hour, one by half an hour, one not at all. */
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata");

    /** Clocks change within the fortnight after each: on 8 and 29 March, 4 April, 3 and 25 October, 1 November 2026. */
    private static final List<Instant> CHANGES = List.of(
            Instant.parse("2026-03-06T00:00:00Z"),
            Instant.parse("2026-03-27T00:00:00Z"),
            Instant.parse("2026-10-02T00:00:00Z"),
            Instant.parse("2026-10-23T00:00:00Z"),
            Instant.parse("2026-10-30T00:00:00Z"));

    /**
     * Is a world to make plans for.
     *
     * @param situation what is to be done
     * @param zone whose clock
     * @param pace hourly rates of a few days, in bytes a second
     */
    record World(Situation situation, ZoneId zone, List<Long> pace) {

        Plan plan(int faster) {
            Instant begin = situation.now().minus(Duration.ofDays(3));
            List<HourSample> samples = new ArrayList<>();
            for (long rate : pace) {
                Instant hour = begin.plus(Duration.ofHours(samples.size()));
                samples.add(new HourSample(
                        hour, rate * 3600 * faster, Duration.ofHours(1).toMillis()));
            }
            return new Forecaster(zone).plan(situation, Pace.of(samples, situation.now(), zone));
        }

        NightlyWindow window() {
            return (NightlyWindow) ((Hours.Windows) situation.hours()).timetable();
        }

        Optional<QueueEntry> entry(long id) {
            return situation.entries().stream()
                    .filter(entry -> entry.id() == id)
                    .findFirst();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void bytesAreConserved(@ForAll("worlds") World world) {
        Plan plan = world.plan(1);
        for (QueueEntry entry : world.situation().entries()) {
            List<Stint> own = stints(plan).stream()
                    .filter(stint -> stint.entry() == entry.id())
                    .toList();
            long bytes = own.stream().mapToLong(Stint::bytes).sum();
            if (own.stream().anyMatch(Stint::finishes)) {
                assertThat(bytes).isEqualTo(entry.size().orElseThrow().missing());
                assertThat(own.stream().filter(Stint::finishes)).containsExactly(own.get(own.size() - 1));
            } else {
                assertThat(bytes)
                        .isLessThanOrEqualTo(
                                entry.size().map(size -> size.missing()).orElse(0L));
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void nothingRunsOutsideTheWindowsButWhatMay(@ForAll("worlds") World world) {
        Overtime overtime = world.situation().overtime();
        Instant runEnds = overtime.open().map(Overtime.Run::until).orElse(Instant.MIN);
        for (Stint stint : stints(world.plan(1))) {
            assertThat(stint.from()).isAfterOrEqualTo(world.situation().now());
            if (!overtime.permits().contains(stint.entry()) && stint.to().isAfter(runEnds)) {
                Instant from = stint.from().isBefore(runEnds) ? runEnds : stint.from();
                Window window = world.window().at(from).orElseThrow();
                assertThat(stint.to()).isBeforeOrEqualTo(window.closes());
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void oneThingRunsAtATimeAndLiesInItsNight(@ForAll("worlds") World world) {
        Plan plan = world.plan(1);
        Instant at = Instant.MIN;
        for (Night night : plan.nights()) {
            assertThat(night.stints()).isNotEmpty();
            for (Stint stint : night.stints()) {
                assertThat(stint.from())
                        .isAfterOrEqualTo(at)
                        .isAfterOrEqualTo(night.window().opens());
                assertThat(stint.to()).isBeforeOrEqualTo(night.window().closes());
                at = stint.to();
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatHasNoPauseRunsInOrder(@ForAll("worldsWithoutPauses") World world) {
        Plan plan = world.plan(1);
        List<Long> order = plan.forecasts().stream().map(Forecast::entry).toList();
        List<Long> permits = List.copyOf(world.situation().overtime().permits());
        List<Integer> ranks = stints(plan).stream()
                .filter(stint -> !permits.contains(stint.entry()))
                .map(stint -> order.indexOf(stint.entry()))
                .toList();

        assertThat(ranks).isSorted();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theRangeIsOneAndHoldsTheLikelyEnd(@ForAll("worlds") World world) {
        Plan plan = world.plan(1);
        assertThat(plan.forecasts()).hasSameSizeAs(world.situation().entries());
        stints(plan).stream().filter(Stint::finishes).forEach(stint -> {
            Forecast forecast = plan.forecast(stint.entry()).orElseThrow();
            assertThat(forecast.earliest()).isBeforeOrEqualTo(stint.to());
            if (forecast.latest() != null) {
                assertThat(forecast.latest()).isAfterOrEqualTo(stint.to());
            }
        });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aFasterLineIsNeverLater(
            @ForAll("worldsWithoutPauses") World world, @ForAll @IntRange(min = 1, max = 9) int times) {
        Plan slow = world.plan(1);
        Plan fast = world.plan(times);
        for (Forecast forecast : slow.forecasts()) {
            Forecast faster = fast.forecast(forecast.entry()).orElseThrow();
            if (forecast.earliest() != null) {
                assertThat(faster.earliest()).isBeforeOrEqualTo(forecast.earliest());
            }
            if (forecast.latest() != null) {
                assertThat(faster.latest()).isBeforeOrEqualTo(forecast.latest());
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void nobodyBehindAnUnknownSizeHasALatest(@ForAll("worldsWithoutPauses") World world) {
        boolean unknownBefore = false;
        for (Forecast forecast : world.plan(1).forecasts()) {
            QueueEntry entry = world.entry(forecast.entry()).orElseThrow();
            if (entry.size().isEmpty()) {
                assertThat(forecast.earliest()).isNull();
                unknownBefore = true;
            }
            if (unknownBefore) {
                assertThat(forecast.latest()).isNull();
            }
        }
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void theSameQuestionHasTheSameAnswer(@ForAll("worlds") World world) {
        assertThat(world.plan(1)).isEqualTo(world.plan(1));
    }

    @Provide
    Arbitrary<World> worlds() {
        return worlds(Arbitraries.integers().between(-5, 40).injectNull(0.7));
    }

    @Provide
    Arbitrary<World> worldsWithoutPauses() {
        return worlds(Arbitraries.just(-1));
    }

    private static Arbitrary<World> worlds(Arbitrary<Integer> hoursOfPause) {
        Arbitrary<ZoneId> zones = Arbitraries.of(ZONES).map(ZoneId::of);
        Arbitrary<Instant> moments = Combinators.combine(
                        Arbitraries.of(CHANGES), Arbitraries.integers().between(0, 5 * 24 * 60))
                .as((day, minutes) -> day.plus(Duration.ofMinutes(minutes)));
        Arbitrary<List<Long>> rates =
                Arbitraries.longs().between(0, 20_000_000).list().ofMinSize(1).ofMaxSize(72);
        return Combinators.combine(zones, moments, rates)
                .flatAs((zone, now, pace) ->
                        situations(zone, now, hoursOfPause).map(situation -> new World(situation, zone, pace)));
    }

    private static Arbitrary<Situation> situations(ZoneId zone, Instant now, Arbitrary<Integer> hoursOfPause) {
        Arbitrary<Hours> hours = Combinators.combine(
                        Arbitraries.integers().between(19, 23),
                        Arbitraries.integers().between(0, 7))
                .as((opens, closes) ->
                        new Hours.Windows(new NightlyWindow(LocalTime.of(opens, 30), LocalTime.of(closes, 0), zone)));
        Arbitrary<Overtime> overtime = Combinators.combine(
                        Arbitraries.integers().between(1, 30).injectNull(0.6), numbers())
                .as((run, permits) ->
                        new Overtime(run == null ? null : new Overtime.Run(now.plus(Duration.ofHours(run))), permits));
        return Combinators.combine(entries(now, hoursOfPause), hours, overtime, numbers())
                .as((entries, window, more, parked) ->
                        new Situation(now, entries, window, more, new Obstacles(null, shortages(parked))));
    }

    private static Arbitrary<List<QueueEntry>> entries(Instant now, Arbitrary<Integer> hoursOfPause) {
        Arbitrary<Long> sizes = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.longs().between(0, 200_000_000_000L)), Tuple.of(1, Arbitraries.just(-1L)));
        return Combinators.combine(sizes, hoursOfPause)
                .as((size, pause) -> pause == null
                        ? Wish.of(0, size)
                        : Wish.of(0, size).notBefore(now.plus(Duration.ofHours(pause))))
                .list()
                .ofMaxSize(12)
                .map(ForecasterPropertyTest::numbered);
    }

    private static List<QueueEntry> numbered(List<Wish> wishes) {
        return IntStream.range(0, wishes.size())
                .mapToObj(index -> wishes.get(index).numbered(index + 1L).entry())
                .toList();
    }

    private static Arbitrary<Set<Long>> numbers() {
        return Arbitraries.longs().between(1, 12).set().ofMaxSize(2);
    }

    private static Map<Long, Shortage> shortages(Set<Long> entries) {
        return entries.stream().collect(Collectors.toMap(entry -> entry, entry -> new Shortage(2, 0, 0, 1)));
    }

    private static List<Stint> stints(Plan plan) {
        return plan.nights().stream().flatMap(night -> night.stints().stream()).toList();
    }
}
