package io.github.ohhhllama.queue.internal.sqlite;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Is one run of the queue, from its start until its end has come or nothing is left to try.
 *
 * @param id its number
 * @param cause why it was started
 * @param startedAt when it was started
 * @param until when it is to end at the latest, or null if it goes on until nothing is left to try
 */
public record Run(
        long id, Cause cause, Instant startedAt, @Nullable Instant until) {

    /**
     * Tells whether its end has not come yet.
     *
     * @param now the moment
     */
    public boolean lasts(Instant now) {
        return until == null || now.isBefore(until);
    }

    /** Names why a run is started. */
    public enum Cause {
        /** The schedule said so. */
        SCHEDULE,
        /** A person said so. */
        OPERATOR;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Cause of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
