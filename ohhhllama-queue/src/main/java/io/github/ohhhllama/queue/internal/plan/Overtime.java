package io.github.ohhhllama.queue.internal.plan;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what may be downloaded outside the hours.
 *
 * @param run the run that is open now and lets everything through, or null if none is
 * @param permits the numbers of the entries that have a permit of their own
 */
public record Overtime(@Nullable Run run, Set<Long> permits) {

    /** Lets nothing through. */
    public static final Overtime NONE = new Overtime(null, Set.of());

    /**
     * Is a run that somebody, or a schedule without an end, has opened.
     *
     * @param until when it ends, or null if that is when nothing is left to do
     */
    public record Run(@Nullable Instant until) {}

    /** Copies the permits. */
    public Overtime {
        permits = Set.copyOf(permits);
    }

    /** Returns the run that is open, if one is. */
    Optional<Run> open() {
        return Optional.ofNullable(run);
    }
}
