package io.github.ohhhllama.queue;

import java.time.Duration;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says how long to wait before trying again: each pause twice as long as the one before, up to a limit, and half of it
 * left to chance, so that many who failed together do not come back together.
 *
 * @param first the longest pause after the first failure
 * @param most the longest pause of all
 * @param chance a number from 0 to below 1, drawn anew for every pause
 */
record Backoff(Duration first, Duration most, DoubleSupplier chance) {

    /** Nobody who asks us to wait is obeyed for longer than this. */
    private static final Duration LONGEST_ASKED = Duration.ofHours(24);

    /** Checks that the first pause is longer than zero and no longer than the longest. */
    Backoff {
        Objects.requireNonNull(chance, "chance");
        if (first.isZero() || first.isNegative() || first.compareTo(most) > 0) {
            throw new IllegalArgumentException("first must be longer than zero and at most " + most + ", was " + first);
        }
    }

    /**
     * Returns the next pause.
     *
     * @param failedAttempts how many attempts failed so far, at least 1
     * @throws IllegalArgumentException if none failed
     */
    Duration pause(int failedAttempts) {
        if (failedAttempts < 1) {
            throw new IllegalArgumentException("failedAttempts must be at least 1, was " + failedAttempts);
        }
        Duration half = most.dividedBy(2);
        Duration whole = first;
        for (int i = 1; i < failedAttempts && whole.compareTo(most) < 0; i++) {
            whole = whole.compareTo(half) > 0 ? most : whole.multipliedBy(2);
        }
        return Duration.ofNanos((long) (whole.toNanos() * (0.5 + chance.getAsDouble() / 2)));
    }

    /**
     * Returns the next pause, longer if the other side asked for it; of more than 24 hours it gets 24.
     *
     * @param failedAttempts how many attempts failed so far, at least 1
     * @param retryAfter how long the other side asked us to wait ({@code Retry-After}, RFC 9110), or null
     * @throws IllegalArgumentException if none failed
     */
    Duration pause(int failedAttempts, @Nullable Duration retryAfter) {
        Duration own = pause(failedAttempts);
        if (retryAfter == null) {
            return own;
        }
        Duration asked = retryAfter.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : retryAfter;
        return asked.compareTo(own) > 0 ? asked : own;
    }
}
