package io.github.ohhhllama.queue.internal.window;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.TimezoneAssignment;
import biweekly.io.text.ICalReader;
import biweekly.property.RecurrenceRule;
import biweekly.property.Uid;
import biweekly.util.Frequency;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.WallClock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Is what stands in an iCalendar file (RFC 5545): the time of its events is black, also that of events marked as free;
 * cancelled ones do not count. Works out a year when it is first asked for. Thread-safe.
 */
final class CalendarEvents implements Blackouts {

    /** The library's note that it looked a zone up among the JDK's, since the file does not describe it. */
    private static final int WELL_KNOWN_ZONE = 37;

    private static final Set<String> TIMES =
            Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID", "STATUS");
    private static final Set<Frequency> TOO_OFTEN = EnumSet.of(Frequency.SECONDLY, Frequency.MINUTELY);
    private static final String LAST_LINE = "END:VCALENDAR";
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    private final List<CalendarEvent> events = new ArrayList<>();
    private final Map<Integer, List<Window>> years = new ConcurrentHashMap<>();
    private final WallClock clock;

    private CalendarEvents(WallClock clock) {
        this.clock = clock;
    }

    /**
     * Reads a calendar.
     *
     * @param text the content of the file
     * @param clock the clock for whole days, and for times without a zone
     * @throws IllegalArgumentException if it is no calendar, or one whose times are not understood; the message names
     *     the line or the event
     */
    static CalendarEvents parse(String text, WallClock clock) {
        if (!text.strip().toUpperCase(Locale.ROOT).endsWith(LAST_LINE)) {
            throw new IllegalArgumentException("it does not end with " + LAST_LINE + ", expected a whole calendar");
        }
        CalendarEvents events = new CalendarEvents(clock);
        try (ICalReader reader = new ICalReader(text)) {
            reader.setDefaultTimezone(UTC);
            for (ICalendar next = reader.readNext(); next != null; next = reader.readNext()) {
                reader.getWarnings().forEach(CalendarEvents::check);
                events.add(next);
            }
        } catch (IOException broken) {
            throw new IllegalArgumentException(broken.getMessage(), broken);
        }
        return events;
    }

    @Override
    public List<Window> in(int year) {
        return years.computeIfAbsent(year, this::workOut);
    }

    private List<Window> workOut(int year) {
        Window whole = Stretches.year(year);
        return Stretches.join(
                events.stream().flatMap(event -> event.within(whole).stream()).toList());
    }

    private void add(ICalendar calendar) {
        Map<String, Set<Instant>> moved = calendar.getEvents().stream()
                .filter(event -> event.getRecurrenceId() != null)
                .collect(Collectors.groupingBy(
                        CalendarEvents::name,
                        Collectors.mapping(
                                event -> event.getRecurrenceId().getValue().toInstant(), Collectors.toSet())));
        for (VEvent event : calendar.getEvents()) {
            check(event);
            if (event.getStatus() == null || !event.getStatus().isCancelled()) {
                boolean stands = event.getRecurrenceId() == null;
                add(event, calendar, stands ? moved.getOrDefault(name(event), Set.of()) : Set.of());
            }
        }
    }

    private void add(VEvent event, ICalendar calendar, Set<Instant> moved) {
        boolean days = !event.getDateStart().getValue().hasTime();
        boolean floating = calendar.getTimezoneInfo().isFloating(event.getDateStart());
        TimezoneAssignment named = calendar.getTimezoneInfo().getTimezone(event.getDateStart());
        // The library reads whole days in the zone of this program, and times without a zone as it was told: in UTC.
        TimeZone zone = days ? TimeZone.getDefault() : named == null ? UTC : named.getTimeZone();
        CalendarEvent read = new CalendarEvent(event, zone, days || floating, clock, moved);
        try {
            List<Window> unused = read.within(Stretches.year(event.getDateStart()
                    .getValue()
                    .toInstant()
                    .atZone(clock.zone())
                    .getYear()));
            events.add(read);
        } catch (RuntimeException unclear) {
            throw new IllegalArgumentException(
                    "the repetitions of the event " + name(event) + " cannot be worked out: " + unclear.getMessage(),
                    unclear);
        }
    }

    private static void check(VEvent event) {
        if (event.getDateStart() == null) {
            throw new IllegalArgumentException("the event " + name(event) + " has no DTSTART, expected one");
        }
        RecurrenceRule rule = event.getRecurrenceRule();
        if (rule != null && TOO_OFTEN.contains(rule.getValue().getFrequency())) {
            throw new IllegalArgumentException("the event " + name(event) + " repeats "
                    + rule.getValue().getFrequency() + ", expected HOURLY at the most");
        }
    }

    private static void check(ParseWarning warning) {
        String property = warning.getPropertyName();
        boolean known = Integer.valueOf(WELL_KNOWN_ZONE).equals(warning.getCode());
        if (!known && (property == null || TIMES.contains(property.toUpperCase(Locale.ROOT)))) {
            String place = warning.getLineNumber() == null ? "" : "line " + warning.getLineNumber() + ": ";
            throw new IllegalArgumentException(
                    place + (property == null ? "" : property + ": ") + warning.getMessage());
        }
    }

    private static String name(VEvent event) {
        Uid uid = event.getUid();
        return uid == null || uid.getValue() == null ? "without a UID" : uid.getValue();
    }
}
