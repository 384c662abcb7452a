package io.github.ohhhllama;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shows when the queue runs.
 *
 * @param expression the schedule as it was configured, for instance {@code 0 3 * * *}
 * @param zone the zone its hours are meant in
 * @param nextStart the next start by the schedule
 * @param runningSince since when the queue has been running, or null when it rests
 */
public record ScheduleStatus(
        String expression,
        ZoneId zone,
        Instant nextStart,
        @Nullable Instant runningSince) {

    /** Checks that all but the last are there. */
    public ScheduleStatus {
        Objects.requireNonNull(expression, "expression");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(nextStart, "nextStart");
    }

    /** Tells whether the queue is running. */
    public boolean isRunning() {
        return runningSince != null;
    }
}
