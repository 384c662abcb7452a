package io.github.ohhhllama;

import java.time.Instant;
import java.util.Objects;

/**
 * Answers whether a requester may queue another model today, and when to come back if not. Immutable.
 *
 * @param allowed whether this request passes
 * @param limit how many new models a requester may queue a day, 0 for any number
 * @param remaining how many are left after this answer; 0 when there is no limit
 * @param resetsAt when the count starts anew: the next local midnight
 * @since 0.1.0
 */
public record RateDecision(boolean allowed, int limit, int remaining, Instant resetsAt) {

    /**
     * Checks that no number is negative.
     *
     * @throws IllegalArgumentException if {@code limit} or {@code remaining} is negative
     */
    public RateDecision {
        Objects.requireNonNull(resetsAt, "resetsAt");
        if (limit < 0 || remaining < 0) {
            throw new IllegalArgumentException(
                    "limit and remaining must not be negative, were " + limit + " and " + remaining);
        }
    }

    /** Tells whether there is no limit at all. */
    public boolean isUnlimited() {
        return limit == 0;
    }
}
