package io.github.ohhhllama.queue.internal.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares with a walk through every minute of two weeks, around the clock changes of four places. */
final class TimetablePropertyTest {

    private static final int MINUTES = 16 * 1440;
    private static final String SEED = "20261123";

    @Property(tries = 100, seed = SEED)
    void weeklyWindowsAreOpenWhenTheClockOnTheWallSays(
            @ForAll("weekly") List<RandomWindows.Weekly> windows, @ForAll("changes") RandomWindows.Change change) {
        WallClockOracle oracle = new WallClockOracle(change.start(), MINUTES);
        windows.forEach(one -> oracle.add(one.days(), one.from(), one.to(), change.zone()));

        assertMinutes(weekly(windows, change), oracle);
    }

    @Property(tries = 25, seed = SEED)
    void windowsOfTwoZonesAreOpenWhenEitherIs(
            @ForAll("weekly") List<RandomWindows.Weekly> windows,
            @ForAll("changes") RandomWindows.Change here,
            @ForAll("changes") RandomWindows.Change there) {
        WallClockOracle oracle = new WallClockOracle(here.start(), MINUTES);
        windows.forEach(one -> {
            oracle.add(one.days(), one.from(), one.to(), here.zone());
            oracle.add(one.days(), one.from(), one.to(), there.zone());
        });
        String text = text(windows) + ";"
                + windows.stream().map(one -> one.text() + ' ' + there.zone()).collect(Collectors.joining(";"));

        assertMinutes(RecurringTimetable.weekly(text, here.zone()), oracle);
    }

    @Property(tries = 25, seed = SEED)
    void scheduledWindowsOfALengthAreOpenThatLong(
            @ForAll("cron") RandomWindows.Cron cron, @ForAll("changes") RandomWindows.Change change) {
        WallClockOracle oracle = new WallClockOracle(change.start(), MINUTES);
        cron.times().forEach(time -> oracle.add(cron.days(), time, cron.length(), change.zone()));

        assertMinutes(RecurringTimetable.starting(cron.schedule(change.zone()), cron.length() + "m"), oracle);
    }

    @Property(tries = 25, seed = SEED)
    void scheduledWindowsCloseAtTheirTime(
            @ForAll("cron") RandomWindows.Cron cron,
            @ForAll("times") LocalTime end,
            @ForAll("changes") RandomWindows.Change change) {
        WallClockOracle oracle = new WallClockOracle(change.start(), MINUTES);
        cron.times().forEach(time -> oracle.add(cron.days(), time, end, change.zone()));

        assertMinutes(RecurringTimetable.starting(cron.schedule(change.zone()), end.toString()), oracle);
    }

    @Property(tries = 25, seed = SEED)
    void theAnswerDependsOnTheMomentOnly(
            @ForAll("weekly") List<RandomWindows.Weekly> windows,
            @ForAll("changes") RandomWindows.Change change,
            @ForAll Random chance) {
        Timetable old = weekly(windows, change);
        for (int i = 0; i < 20; i++) {
            // The clock jumps anywhere, as after a sleep, and each time it is asked as if the program had restarted.
            Instant now = change.start().plusSeconds(chance.nextInt(MINUTES * 60));
            Timetable fresh = weekly(windows, change);
            assertThat(old.at(now)).as("at %s", now).isEqualTo(fresh.at(now));
            assertThat(old.next(now))
                    .as("after %s", now)
                    .isEqualTo(weekly(windows, change).next(now));
        }
    }

    @Property(tries = 25, seed = SEED)
    void blackOutsAreCutOutToTheMinute(
            @ForAll("weekly") List<RandomWindows.Weekly> windows,
            @ForAll("changes") RandomWindows.Change change,
            @ForAll Random chance) {
        Instant first = change.start().plusSeconds(60L * chance.nextInt(MINUTES));
        Window early = new Window(first, first.plus(Duration.ofMinutes(1 + chance.nextInt(3000))));
        Window late = new Window(change.moment(), change.moment().plus(Duration.ofMinutes(1 + chance.nextInt(600))));
        List<Window> black = Stretches.join(List.of(early, late));
        Timetable whole = weekly(windows, change);
        Timetable cut = new BlackedOut(whole, List.of(year -> black));
        for (int minute = 0; minute < MINUTES; minute += 31) {
            Instant now = change.start().plusSeconds(60L * minute);
            boolean open = whole.at(now).isPresent() && black.stream().noneMatch(one -> one.contains(now));
            assertThat(cut.at(now).isPresent()).as("open at %s", now).isEqualTo(open);
        }
        assertOrder(cut, change.start());
    }

    @Provide
    Arbitrary<List<RandomWindows.Weekly>> weekly() {
        return RandomWindows.weekly();
    }

    @Provide
    Arbitrary<RandomWindows.Cron> cron() {
        return RandomWindows.cron();
    }

    @Provide
    Arbitrary<LocalTime> times() {
        return RandomWindows.times();
    }

    @Provide
    Arbitrary<RandomWindows.Change> changes() {
        return RandomWindows.changes();
    }

    private static Timetable weekly(List<RandomWindows.Weekly> windows, RandomWindows.Change change) {
        return RecurringTimetable.weekly(text(windows), change.zone());
    }

    private static String text(List<RandomWindows.Weekly> windows) {
        return windows.stream().map(RandomWindows.Weekly::text).collect(Collectors.joining("; "));
    }

    private static void assertMinutes(Timetable timetable, WallClockOracle oracle) {
        Instant begin = oracle.moment(0);
        Instant end = oracle.moment(oracle.minutes());
        List<Window> windows = timetable.list(begin, 200).stream()
                .takeWhile(window -> window.opens().isBefore(end))
                .toList();
        for (int minute = 0; minute < oracle.minutes(); minute++) {
            Instant now = oracle.moment(minute);
            boolean listed = windows.stream().anyMatch(window -> window.contains(now));
            if (listed != oracle.isOpen(minute) || minute % 1009 == 0) {
                assertThat(listed).as("open at %s in %s", now, windows).isEqualTo(oracle.isOpen(minute));
                assertThat(timetable.at(now).isPresent()).as("at %s", now).isEqualTo(listed);
            }
        }
        assertOrder(timetable, begin);
    }

    /** Walks from window to window: each is the one that is open from its first moment to its last, a gap before it. */
    private static void assertOrder(Timetable timetable, Instant begin) {
        Optional<Window> last = timetable.at(begin);
        Instant moment = begin;
        for (int i = 0; i < 12; i++) {
            Optional<Window> next = timetable.next(moment);
            if (next.isEmpty()) {
                return;
            }
            Window window = next.get();
            assertThat(window.opens()).isAfter(moment);
            last.ifPresent(before -> assertThat(window.opens()).isAfter(before.closes()));
            assertThat(timetable.at(window.opens().minusNanos(1))).isEmpty();
            assertThat(timetable.at(window.opens())).contains(window);
            assertThat(timetable.at(window.closes().minusNanos(1))).contains(window);
            assertThat(timetable.at(window.closes())).isEmpty();
            assertThat(timetable.next(window.opens().minusNanos(1))).contains(window);
            last = next;
            moment = window.opens();
        }
    }
}
