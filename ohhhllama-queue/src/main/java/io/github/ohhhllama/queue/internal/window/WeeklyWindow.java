package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.WallClock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Is a window on some days of every week.
 *
 * @param days the days on which it opens
 * @param from when it opens
 * @param to when it closes: on the next day if that is not after it opens
 * @param clock the clock that counts
 */
record WeeklyWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, WallClock clock) {

    private static final Pattern SYNTAX =
            Pattern.compile("(?:(?<days>\\p{Alpha}[\\p{Alpha},\\s-]*?)\\s+)?(?<from>[\\d:]+)\\s*-\\s*(?<to>[\\d:]+)"
                    + "(?:\\s+(?<zone>\\S+))?");

    WeeklyWindow {
        days = Set.copyOf(days);
    }

    /**
     * Parses a window.
     *
     * @param text days, from-to and a zone, as in {@code mon-fri 22:00-06:00 Europe/Berlin}; days and zone may be left
     *     out
     * @param zone the zone if it names none
     * @throws IllegalArgumentException if it is something else; the message names the window and what is wrong
     */
    static WeeklyWindow parse(String text, ZoneId zone) {
        Matcher parts = SYNTAX.matcher(text);
        try {
            if (!parts.matches()) {
                throw new IllegalArgumentException("expected days, from-to and maybe a zone,"
                        + " for instance mon-fri 22:00-06:00 or sat,sun 00:00-24:00 Europe/Berlin");
            }
            return new WeeklyWindow(
                    WeekDays.parse(Optional.ofNullable(parts.group("days")).orElse(WeekDays.DAILY)),
                    ClockTime.parse(parts.group("from")),
                    ClockTime.parseEnd(parts.group("to")),
                    new WallClock(Optional.ofNullable(parts.group("zone"))
                            .map(WeeklyWindow::zone)
                            .orElse(zone)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("window \"" + text + "\": " + wrong.getMessage(), wrong);
        }
    }

    /**
     * Returns the window that opens on a day.
     *
     * @param day the day
     * @return the window, or empty if it is not a day of this window or the clocks skip all of it
     */
    Optional<Window> on(LocalDate day) {
        if (!days.contains(day.getDayOfWeek())) {
            return Optional.empty();
        }
        LocalDateTime start = day.atTime(from);
        return Stretches.between(clock.reaches(start), clock.reaches(ClockTime.next(start, to)));
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "zone \"" + id + "\" is unknown, expected one such as Europe/Berlin or UTC", unknown);
        }
    }
}
