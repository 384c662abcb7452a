package io.github.ohhhllama.queue.internal.window;

import biweekly.component.VEvent;
import biweekly.property.ExceptionDates;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;

/**
 * Is an event of a calendar with all its repetitions. Immutable.
 *
 * <p>An event has moments if it names a zone or UTC; if it has whole days or times without a zone, the clock on our wall
 * says when they come.
 */
final class CalendarEvent {

    /** More than a place's clock differs from UTC, so that no repetition is missed at the turn of a year. */
    private static final Duration MARGIN = Duration.ofDays(2);

    private final VEvent event;
    private final TimeZone zone;
    private final boolean onTheWall;
    private final WallClock clock;
    private final Duration length;
    private final Set<Instant> leftOut;

    /**
     * Takes an event.
     *
     * @param event the event, with a start
     * @param zone the zone in which the library read its dates
     * @param onTheWall whether these dates are meant for the clock on our wall
     * @param clock that clock
     * @param moved the repetitions that other events stand for
     */
    CalendarEvent(VEvent event, TimeZone zone, boolean onTheWall, WallClock clock, Set<Instant> moved) {
        this.event = event;
        this.zone = zone;
        this.onTheWall = onTheWall;
        this.clock = clock;
        this.leftOut = new HashSet<>(moved);
        for (ExceptionDates dates : event.getExceptionDates()) {
            dates.getValues().forEach(date -> leftOut.add(date.toInstant()));
        }
        this.length = length();
    }

    /** Returns the repetitions that touch a stretch of time, in any order. */
    List<Window> within(Window stretch) {
        return starts(stretch)
                .filter(start -> !leftOut.contains(start))
                .flatMap(start -> window(start).stream())
                .filter(window -> Stretches.overlap(window, stretch).isPresent())
                .toList();
    }

    private Stream<Instant> starts(Window stretch) {
        Stream.Builder<Instant> starts = Stream.builder();
        if (event.getRecurrenceRule() == null) {
            // The library forgets the start where there are only further dates; RFC 5545, 3.8.5.2, counts it.
            starts.add(event.getDateStart().getValue().toInstant());
        }
        DateIterator dates = event.getDateIterator(zone);
        dates.advanceTo(Date.from(stretch.opens().minus(length).minus(MARGIN)));
        Instant end = stretch.closes().plus(MARGIN);
        for (Instant next = next(dates); next.isBefore(end); next = next(dates)) {
            starts.add(next);
        }
        return starts.build();
    }

    private static Instant next(DateIterator dates) {
        return dates.hasNext() ? dates.next().toInstant() : Instant.MAX;
    }

    private Optional<Window> window(Instant start) {
        if (!onTheWall) {
            return Stretches.between(start, start.plus(length));
        }
        LocalDateTime shown = shown(start);
        return Stretches.between(clock.reaches(shown), clock.reaches(shown.plus(length)));
    }

    /** Returns how long the event lasts; a day without an end is whole, a time without one is no time at all. */
    private Duration length() {
        ICalDate start = event.getDateStart().getValue();
        if (event.getDateEnd() != null) {
            Instant end = event.getDateEnd().getValue().toInstant();
            return onTheWall
                    ? Duration.between(shown(start.toInstant()), shown(end))
                    : Duration.between(start.toInstant(), end);
        }
        if (event.getDuration() != null) {
            return Duration.ofMillis(event.getDuration().getValue().toMillis());
        }
        return start.hasTime() ? Duration.ZERO : Duration.ofDays(1);
    }

    /** Reads a date of the library back. A whole day that begins late, after a clock change, begins at midnight too. */
    private LocalDateTime shown(Instant date) {
        LocalDateTime time = LocalDateTime.ofInstant(date, zone.toZoneId());
        return event.getDateStart().getValue().hasTime() ? time : time.truncatedTo(ChronoUnit.DAYS);
    }
}
