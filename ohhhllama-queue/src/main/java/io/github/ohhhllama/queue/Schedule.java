package io.github.ohhhllama.queue;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.AlarmClock;
import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import io.github.ohhhllama.queue.internal.sqlite.ScheduleMemory;
import io.github.ohhhllama.queue.internal.window.BlackedOut;
import io.github.ohhhllama.queue.internal.window.BlackoutCalendar;
import io.github.ohhhllama.queue.internal.window.BlackoutDates;
import io.github.ohhhllama.queue.internal.window.Blackouts;
import io.github.ohhhllama.queue.internal.window.RecurringTimetable;
import io.github.ohhhllama.queue.internal.window.Timetable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a queue runs, without a queue: to check a setting, or to show it. Immutable.
 *
 * <p>It either begins when a cron expression says so, and ends after a while, at an hour, or when nothing is left to try;
 * or it has windows by the day of the week.
 *
 * @since 0.1.0
 */
public final class Schedule {

    private final String expression;
    private final ZoneId zone;
    private final @Nullable CronSchedule cron;
    private final @Nullable Timetable windows;
    private final List<Blackouts> blackouts;

    private Schedule(
            String expression,
            ZoneId zone,
            @Nullable CronSchedule cron,
            @Nullable Timetable windows,
            List<Blackouts> blackouts) {
        this.expression = expression;
        this.zone = zone;
        this.cron = cron;
        this.windows = windows;
        this.blackouts = List.copyOf(blackouts);
    }

    /**
     * Parses a schedule that ends when nothing is left to try.
     *
     * @param expression five Unix cron fields, {@code @daily} and its like, or six or seven Quartz fields
     * @param zone the zone its hours are meant in
     * @throws IllegalArgumentException if the expression is not valid or never fires; the message names the field
     */
    public static Schedule parse(String expression, ZoneId zone) {
        return new Schedule(expression.strip(), zone, CronSchedule.parse(expression, zone), null, List.of());
    }

    /**
     * Parses windows by the day of the week.
     *
     * @param windows for instance {@code mon-fri 22:00-06:00; sat,sun 00:00-24:00}; each may end in a zone of its own
     * @param zone the zone that the hours of the others are meant in
     * @throws IllegalArgumentException if that is not a list of windows; the message names the part
     */
    public static Schedule weekly(String windows, ZoneId zone) {
        return new Schedule(windows.strip(), zone, null, RecurringTimetable.weekly(windows, zone), List.of());
    }

    /**
     * Returns the same schedule with an end.
     *
     * @param end a length ({@code 4h}, {@code PT4H}) or a local time ({@code 06:00}), on the next day if need be
     * @throws IllegalArgumentException if it is neither
     * @throws IllegalStateException if the schedule has windows already
     */
    public Schedule ending(String end) {
        if (cron == null) {
            throw new IllegalStateException("windows by the day of the week have their own ends");
        }
        String text = expression + " until " + end.strip();
        return new Schedule(text, zone, cron, RecurringTimetable.starting(cron, end), blackouts);
    }

    /**
     * Returns the same schedule without some dates.
     *
     * @param dates for instance {@code 2026-12-24..2026-12-26, 2026-12-31}
     * @throws IllegalArgumentException if these are not dates; the message names the part
     */
    public Schedule without(String dates) {
        return without(BlackoutDates.parse(dates, zone));
    }

    /**
     * Returns the same schedule without the events of a calendar. The file is read now; a queue that runs by it reads it
     * again when it changes.
     *
     * @param calendar an iCalendar file (RFC 5545)
     * @throws IllegalArgumentException if the file cannot be read or is no calendar; the message names it
     */
    public Schedule without(Path calendar) {
        return without(BlackoutCalendar.open(calendar, zone));
    }

    /**
     * Computes the next starts: right after the gap where the clocks skip them, once where the clocks repeat them.
     *
     * @param after the starts after this moment
     * @param count how many
     * @return as many as there are, in order; fewer only if the schedule ends
     */
    public List<Instant> next(Instant after, int count) {
        return Stream.iterate(nextStart(after), start -> start.isBefore(CronSchedule.NEVER), this::nextStart)
                .limit(count)
                .toList();
    }

    /**
     * Lists the next windows.
     *
     * @param after a window that is open then is the first
     * @param count how many
     * @return as many as there are, in order; none if the schedule ends when nothing is left to try
     */
    public List<Window> windows(Instant after, int count) {
        Timetable timetable = timetable();
        return timetable == null ? List.of() : timetable.list(after, count);
    }

    /** Reads calendars that were changed again; returns what is wrong with them, if anything is. */
    Optional<String> refresh() {
        return blackouts.stream()
                .filter(BlackoutCalendar.class::isInstance)
                .map(BlackoutCalendar.class::cast)
                .flatMap(calendar -> {
                    calendar.refresh();
                    return calendar.problem().stream();
                })
                .findFirst();
    }

    String expression() {
        return expression;
    }

    /** Returns the zone in which its hours are meant, unless a window says otherwise. */
    ZoneId zone() {
        return zone;
    }

    /** Returns the next start, or {@link CronSchedule#NEVER}. */
    Instant nextStart(Instant after) {
        Timetable timetable = timetable();
        if (timetable != null) {
            return timetable.next(after).map(Window::opens).orElse(CronSchedule.NEVER);
        }
        return CronShifts.nextStart(requireCron(), allowed(), after);
    }

    Shifts shifts(RunBook runs, ScheduleMemory memory, Clock clock) {
        Timetable timetable = timetable();
        return timetable == null
                ? new CronShifts(runs, memory, requireCron(), allowed(), clock)
                : new WindowShifts(runs, timetable, clock);
    }

    AlarmClock alarm(Duration heartbeat, Runnable wake) {
        return cron == null ? new AlarmClock(heartbeat, wake) : new AlarmClock(cron, heartbeat, wake);
    }

    private Schedule without(Blackouts more) {
        List<Blackouts> all = new ArrayList<>(blackouts);
        all.add(more);
        return new Schedule(expression, zone, cron, windows, all);
    }

    private CronSchedule requireCron() {
        return Objects.requireNonNull(cron, "a schedule without windows has a cron expression");
    }

    /** What a schedule without windows of its own may use: everything but the black-outs. */
    private Timetable allowed() {
        return blackouts.isEmpty() ? Timetable.ALWAYS : new BlackedOut(Timetable.ALWAYS, blackouts);
    }

    private @Nullable Timetable timetable() {
        return windows == null || blackouts.isEmpty() ? windows : new BlackedOut(windows, blackouts);
    }
}
