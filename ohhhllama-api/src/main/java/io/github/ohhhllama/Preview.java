package io.github.ohhhllama;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what would become of a request, without queueing it. Immutable.
 *
 * @param outcome what {@link QueueService#enqueue} would answer now; an entry that is not stored has the number 0
 * @param footprint how big the model is, or null if its registry did not say
 * @param forecast when it would be ready, or null if it would not be queued
 * @since 0.1.0
 */
public record Preview(
        EnqueueResult outcome,
        @Nullable Footprint footprint,
        @Nullable Forecast forecast) {

    /** Checks that the outcome is there. */
    public Preview {
        Objects.requireNonNull(outcome, "outcome");
    }

    /** Returns how big the model is, if its registry said so. */
    public Optional<Footprint> size() {
        return Optional.ofNullable(footprint);
    }

    /** Returns when it would be ready, if it would be queued. */
    public Optional<Forecast> foreseen() {
        return Optional.ofNullable(forecast);
    }
}
