package io.github.ohhhllama;

import java.time.Instant;
import java.util.Objects;

/**
 * Is a stretch of a night in which one model is downloaded. Immutable.
 *
 * @param entry the entry's number
 * @param model the model
 * @param from when it is expected to begin
 * @param to when it is expected to end
 * @param bytes how many bytes come in between
 * @param finishes whether the model is complete then
 * @since 0.1.0
 */
public record Stint(long entry, ModelName model, Instant from, Instant to, long bytes, boolean finishes) {

    /**
     * Checks that it does not end before it begins.
     *
     * @throws IllegalArgumentException if {@code to} is before {@code from}
     */
    public Stint {
        Objects.requireNonNull(model, "model");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to must not be before " + from + ", was " + to);
        }
    }
}
