package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.WallClock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Is a list of days, from midnight to midnight, on which nothing is downloaded. Immutable. */
public final class BlackoutDates implements Blackouts {

    private final List<Window> stretches;

    private BlackoutDates(List<Window> stretches) {
        this.stretches = stretches;
    }

    /**
     * Parses a list of days and ranges of days.
     *
     * @param dates for instance {@code 2026-12-24..2026-12-26, 2026-12-31}; the last day of a range belongs to it
     * @param zone the zone whose days are meant
     * @throws IllegalArgumentException if one of them is no day, or a range ends before it begins; the message names it
     */
    public static BlackoutDates parse(String dates, ZoneId zone) {
        WallClock clock = new WallClock(zone);
        List<Window> stretches = Stream.of(dates.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .flatMap(part -> stretch(part, clock).stream())
                .toList();
        return new BlackoutDates(Stretches.join(stretches));
    }

    @Override
    public List<Window> in(int year) {
        Window whole = Stretches.year(year);
        return stretches.stream()
                .filter(stretch -> Stretches.overlap(stretch, whole).isPresent())
                .toList();
    }

    private static Optional<Window> stretch(String part, WallClock clock) {
        String[] ends = part.split("\\.\\.", 2);
        LocalDate first = day(ends[0].strip(), part);
        LocalDate last = day(ends[ends.length - 1].strip(), part);
        if (last.isBefore(first)) {
            throw new IllegalArgumentException(
                    "\"" + part + "\" ends before it begins, expected the earlier day first");
        }
        return Stretches.between(clock.reaches(first), clock.reaches(last.plusDays(1)));
    }

    private static LocalDate day(String text, String part) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(
                    "\"" + part + "\" is no day and no range of days,"
                            + " expected for instance 2026-12-31 or 2026-12-24..2026-12-26",
                    wrong);
        }
    }
}
