package io.github.ohhhllama.queue.internal.window;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times as people write them: {@code 22:00}, {@code 6:30}. */
final class ClockTime {

    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})");
    private static final int HOURS = 24;
    private static final int MINUTES = 60;

    private ClockTime() {}

    /**
     * Parses the time at which a window opens.
     *
     * @param text {@code 00:00} to {@code 23:59}
     * @throws IllegalArgumentException if it is something else
     */
    static LocalTime parse(String text) {
        Matcher matcher = TIME.matcher(text);
        int hour = matcher.matches() ? Integer.parseInt(matcher.group(1)) : HOURS;
        int minute = matcher.matches() ? Integer.parseInt(matcher.group(2)) : MINUTES;
        if (hour >= HOURS || minute >= MINUTES) {
            throw new IllegalArgumentException("\"" + text + "\" is no time, expected 00:00 to 23:59");
        }
        return LocalTime.of(hour, minute);
    }

    /**
     * Parses the time at which a window closes; {@code 24:00} is the midnight that ends a day, as {@code 00:00} is.
     *
     * @param text {@code 00:00} to {@code 24:00}
     * @throws IllegalArgumentException if it is something else
     */
    static LocalTime parseEnd(String text) {
        if (text.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        try {
            return parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("\"" + text + "\" is no time, expected 00:00 to 24:00", wrong);
        }
    }

    /** Returns the next time of day after a moment on the wall; a day later if it is that time already. */
    static LocalDateTime next(LocalDateTime start, LocalTime time) {
        LocalDateTime sameDay = start.toLocalDate().atTime(time);
        return sameDay.isAfter(start) ? sameDay : sameDay.plusDays(1);
    }
}
