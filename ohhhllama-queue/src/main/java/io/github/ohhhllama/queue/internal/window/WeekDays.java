package io.github.ohhhllama.queue.internal.window;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Reads days of the week: {@code mon-fri}, {@code sat,sun}, {@code fri-mon}, {@code daily}, in any case. */
final class WeekDays {

    static final String DAILY = "daily";

    private static final int SHORT_NAME = 3;

    private WeekDays() {}

    /**
     * Parses a list of days and ranges; a range may go around the end of the week.
     *
     * @param text with commas between
     * @throws IllegalArgumentException if one of them is no day; the message names it
     */
    static Set<DayOfWeek> parse(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", 2);
            DayOfWeek first = ends[0].strip().equalsIgnoreCase(DAILY) ? DayOfWeek.MONDAY : day(ends[0]);
            DayOfWeek last = part.strip().equalsIgnoreCase(DAILY) ? DayOfWeek.SUNDAY : day(ends[ends.length - 1]);
            days.add(last);
            for (DayOfWeek day = first; day != last; day = day.plus(1)) {
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT);
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().equals(wanted)
                        || day.name().substring(0, SHORT_NAME).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name.strip()
                        + "\" is no day, expected mon to sun, ranges and lists of those, or daily"));
    }
}
