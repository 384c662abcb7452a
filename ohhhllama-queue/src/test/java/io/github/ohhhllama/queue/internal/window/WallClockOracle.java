package io.github.ohhhllama.queue.internal.window;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Set;

/**
 * Goes through the minutes one by one with an eye on the clock on the wall and writes down which are open. It knows no
 * rules of daylight saving: a time is reached when the clock shows it or a later one, that is all.
 */
final class WallClockOracle {

    private final BitSet open = new BitSet();
    private final Instant start;
    private final int minutes;

    WallClockOracle(Instant start, int minutes) {
        this.start = start.truncatedTo(ChronoUnit.MINUTES);
        this.minutes = minutes;
    }

    /** Adds windows from a time of the wall to the next coming of another, on some days of the week. */
    void add(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
        LocalDateTime reached = LocalDateTime.MIN;
        // Windows that opened before the first minute count as well.
        for (int minute = -3 * 1440; minute < minutes; minute++) {
            LocalDateTime shown = LocalDateTime.ofInstant(moment(minute), zone);
            reached = shown.isAfter(reached) ? shown : reached;
            if (minute >= 0 && isOpen(reached, days, from, to)) {
                open.set(minute);
            }
        }
    }

    /** Adds a window of some minutes from each reaching of a time on. */
    void add(Set<DayOfWeek> days, LocalTime from, int length, ZoneId zone) {
        LocalDateTime reached = LocalDateTime.ofInstant(moment(-9 * 1440 - 1), zone);
        for (int minute = -9 * 1440; minute < minutes; minute++) {
            LocalDateTime shown = LocalDateTime.ofInstant(moment(minute), zone);
            if (shown.isAfter(reached) && passes(reached, shown, days, from)) {
                for (int later = Math.max(0, minute); later < Math.min(minutes, minute + length); later++) {
                    open.set(later);
                }
            }
            reached = shown.isAfter(reached) ? shown : reached;
        }
    }

    boolean isOpen(int minute) {
        return open.get(minute);
    }

    Instant moment(int minute) {
        return start.plus(minute, ChronoUnit.MINUTES);
    }

    int minutes() {
        return minutes;
    }

    private static boolean isOpen(LocalDateTime reached, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        for (int ago = 0; ago <= 1; ago++) {
            LocalDateTime opens = reached.toLocalDate().minusDays(ago).atTime(from);
            LocalDateTime closes = from.isBefore(to)
                    ? opens.toLocalDate().atTime(to)
                    : opens.toLocalDate().plusDays(1).atTime(to);
            if (days.contains(opens.getDayOfWeek()) && !reached.isBefore(opens) && reached.isBefore(closes)) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(LocalDateTime before, LocalDateTime now, Set<DayOfWeek> days, LocalTime time) {
        for (LocalDateTime each = before.plusMinutes(1); !each.isAfter(now); each = each.plusMinutes(1)) {
            if (each.toLocalTime().equals(time) && days.contains(each.getDayOfWeek())) {
                return true;
            }
        }
        return false;
    }
}
