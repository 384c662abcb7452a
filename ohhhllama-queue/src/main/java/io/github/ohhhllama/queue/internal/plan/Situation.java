package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.QueueEntry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Is all that a plan is made of, but for the line.
 *
 * @param now when it is so
 * @param entries the active entries, in the order of their download
 * @param hours when the queue runs by itself
 * @param overtime what may run outside the hours
 * @param obstacles what holds entries back within them
 */
public record Situation(Instant now, List<QueueEntry> entries, Hours hours, Overtime overtime, Obstacles obstacles) {

    /** Checks that all is there, and copies the entries. */
    public Situation {
        Objects.requireNonNull(now, "now");
        entries = List.copyOf(entries);
        Objects.requireNonNull(hours, "hours");
        Objects.requireNonNull(overtime, "overtime");
        Objects.requireNonNull(obstacles, "obstacles");
    }
}
