package io.github.ohhhllama;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what was tried so far for an entry. Immutable.
 *
 * @param made how many attempts failed
 * @param nextAt the moment before which no further attempt is made, or null
 * @param error why the last one failed, or null
 * @since 0.1.0
 */
public record Attempts(
        int made, @Nullable Instant nextAt, @Nullable String error) {

    /** The state of an entry that was not tried yet. */
    public static final Attempts NONE = new Attempts(0, null, null);

    /**
     * Checks that the count is not negative.
     *
     * @throws IllegalArgumentException if {@code made} is negative
     */
    public Attempts {
        if (made < 0) {
            throw new IllegalArgumentException("made must not be negative, was " + made);
        }
    }

    /** Returns why the last attempt failed, if one did. */
    public Optional<String> lastError() {
        return Optional.ofNullable(error);
    }
}
