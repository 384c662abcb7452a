package io.github.ohhhllama;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Is a stretch of time in which models may be downloaded. Immutable.
 *
 * @param opens its first moment
 * @param closes the first moment after it
 * @since 0.1.0
 */
public record Window(Instant opens, Instant closes) {

    /**
     * Checks that it closes after it opens.
     *
     * @throws IllegalArgumentException if {@code closes} is not after {@code opens}
     */
    public Window {
        Objects.requireNonNull(opens, "opens");
        Objects.requireNonNull(closes, "closes");
        if (!closes.isAfter(opens)) {
            throw new IllegalArgumentException("closes must be after opens (" + opens + "), was " + closes);
        }
    }

    /**
     * Tells whether a moment lies within.
     *
     * @param moment the moment
     */
    public boolean contains(Instant moment) {
        return !moment.isBefore(opens) && moment.isBefore(closes);
    }

    /** Returns how long it lasts. */
    public Duration length() {
        return Duration.between(opens, closes);
    }
}
