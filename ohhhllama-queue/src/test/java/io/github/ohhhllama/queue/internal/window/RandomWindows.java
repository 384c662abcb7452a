package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Draws settings, zones and moments around a clock change. */
final class RandomWindows {

    private RandomWindows() {}

    record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

        String text() {
            return days.stream().map(day -> day.name().substring(0, 3)).collect(Collectors.joining(","))
                    + ' '
                    + from
                    + '-'
                    + to;
        }
    }

    /** A place and the moment of one of its clock changes, or of Berlin's where it has none. */
    record Change(ZoneId zone, Instant moment) {

        /** Returns a minute nine days before, so that two weeks and more around the change can be looked at. */
        Instant start() {
            return moment.minusSeconds(9 * 86_400);
        }
    }

    record Cron(Set<DayOfWeek> days, Set<Integer> hours, int minute, int length) {

        CronSchedule schedule(ZoneId zone) {
            return CronSchedule.parse(
                    minute + " " + hours.stream().map(String::valueOf).collect(Collectors.joining(",")) + " * * "
                            + days.stream()
                                    .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(",")),
                    zone);
        }

        List<LocalTime> times() {
            return hours.stream().map(hour -> LocalTime.of(hour, minute)).toList();
        }
    }

    static Arbitrary<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (String name : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")) {
            ZoneId zone = ZoneId.of(name);
            Instant moment = Instant.parse("2026-06-01T00:00:00Z");
            for (int i = 0; i < 4; i++) {
                moment = zone.getRules().nextTransition(moment).getInstant();
                changes.add(new Change(zone, moment));
            }
        }
        changes.add(new Change(ZoneId.of("Asia/Kolkata"), Instant.parse("2026-10-25T01:00:00Z")));
        changes.add(new Change(ZoneId.of("Asia/Kolkata"), Instant.parse("2027-03-28T01:00:00Z")));
        return Arbitraries.of(changes);
    }

    static Arbitrary<List<Weekly>> weekly() {
        return Combinators.combine(days(), times(), times())
                .as(Weekly::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    static Arbitrary<Cron> cron() {
        return Combinators.combine(
                        days(),
                        Arbitraries.frequencyOf(
                                        Tuple.of(3, Arbitraries.integers().between(0, 4)),
                                        Tuple.of(1, Arbitraries.integers().between(0, 23)))
                                .set()
                                .ofMinSize(1)
                                .ofMaxSize(4),
                        Arbitraries.of(0, 15, 30, 45, 59),
                        Arbitraries.of(1, 20, 60, 90, 240, 1440, 3000))
                .as(Cron::new);
    }

    static Arbitrary<Set<DayOfWeek>> days() {
        return Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).map(TreeSet::new);
    }

    /** Mostly in the hours in which clocks are changed. */
    static Arbitrary<LocalTime> times() {
        Arbitrary<Integer> hours = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 4)),
                Tuple.of(2, Arbitraries.integers().between(0, 23)));
        return Combinators.combine(hours, Arbitraries.of(0, 1, 15, 29, 30, 45, 59))
                .as(LocalTime::of);
    }
}
