package io.github.ohhhllama.queue;

import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** Tells when a queue starts, without a queue: to check a setting, or to show it. Immutable. */
public final class Schedule {

    private final CronSchedule cron;

    private Schedule(CronSchedule cron) {
        this.cron = cron;
    }

    /**
     * Parses a schedule.
     *
     * @param expression five Unix cron fields, {@code @daily} and its like, or six or seven Quartz fields
     * @param zone the zone its hours are meant in
     * @throws IllegalArgumentException if the expression is not valid or never fires; the message names the field
     */
    public static Schedule parse(String expression, ZoneId zone) {
        return new Schedule(CronSchedule.parse(expression, zone));
    }

    /**
     * Computes the next starts: right after the gap where the clocks skip them, once where the clocks repeat them.
     *
     * @param after the starts after this moment
     * @param count how many
     * @return as many as there are, in order; fewer only if the schedule ends
     */
    public List<Instant> next(Instant after, int count) {
        return Stream.iterate(cron.next(after), start -> !start.equals(CronSchedule.NEVER), cron::next)
                .limit(count)
                .toList();
    }
}
