package io.github.ohhhllama;

import java.time.Instant;
import java.util.Objects;

/**
 * Says where an active entry stands in the queue. Immutable.
 *
 * @param position 1 for the entry that is or will be downloaded next
 * @param startsAt when the queue starts next, or when it started if it is running; never a promise for this entry alone
 * @since 0.1.0
 */
public record Place(int position, Instant startsAt) {

    /**
     * Checks that the position counts from 1.
     *
     * @throws IllegalArgumentException if the position is less than 1
     */
    public Place {
        Objects.requireNonNull(startsAt, "startsAt");
        if (position < 1) {
            throw new IllegalArgumentException("position must be at least 1, was " + position);
        }
    }
}
