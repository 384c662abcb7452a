package io.github.ohhhllama.queue;

import io.github.ohhhllama.queue.internal.disk.DiskReserve;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Holds what may change while a queue runs. Immutable: a change is another set of rules, taken over as a whole.
 *
 * @param schedule when the queue runs, and the zone in which that is meant
 * @param rateLimit how many new models a requester may queue a day, 0 for any number
 * @param minFree what has to stay free on the disk of the models
 * @param effort how much is done for a download
 * @param upkeep what is looked after besides
 * @param webhooks who is told what happens
 */
record Rules(Schedule schedule, int rateLimit, DiskReserve minFree, Effort effort, Upkeep upkeep, Webhooks webhooks) {

    /**
     * Says how much is done for a download.
     *
     * @param limits when it is not worth waiting for
     * @param maxNights in how many nights it is tried, 0 for any number
     */
    record Effort(Fulfilment.Limits limits, int maxNights) {}

    /**
     * Says what is looked after besides the queue.
     *
     * @param freshness which models are kept fresh
     * @param wanted a list of models to have, or null for none
     * @param cleanup how long the history and ended entries are kept
     */
    record Upkeep(FreshModels.Rule freshness, @Nullable Path wanted, Duration cleanup) {}

    /**
     * Makes rules of what a builder was told.
     *
     * @param from the builder
     * @param now from this moment on there has to be a start
     * @throws IllegalArgumentException if the schedule or a window is not valid or never comes
     */
    static Rules of(Ohhhllama.Builder from, Instant now) {
        return new Rules(
                schedule(from, now),
                from.rateLimit,
                from.minFree,
                new Effort(new Fulfilment.Limits(from.silence, from.stall, from.look), from.maxNights),
                new Upkeep(
                        new FreshModels.Rule(
                                from.refreshEvery,
                                ModelPatterns.parse(from.refreshModels),
                                ModelPatterns.parse(from.pinnedModels)),
                        from.wantedFile,
                        from.cleanup),
                from.webhooks);
    }

    /** Returns the zone in which days and hours are meant. */
    ZoneId zone() {
        return schedule.zone();
    }

    private static Schedule schedule(Ohhhllama.Builder from, Instant now) {
        Schedule times = from.windows.isBlank()
                ? Schedule.parse(from.schedule, from.zone)
                : Schedule.weekly(from.windows, from.zone);
        if (!from.windowEnd.isBlank()) {
            times = times.ending(from.windowEnd);
        }
        if (!from.blackouts.isBlank()) {
            times = times.without(from.blackouts);
        }
        if (from.blackoutCalendar != null) {
            times = times.without(from.blackoutCalendar);
        }
        if (times.next(now, 1).isEmpty()) {
            throw new IllegalArgumentException(
                    "schedule \"" + times.expression() + "\" lies in the past, it never fires again");
        }
        return times;
    }
}
