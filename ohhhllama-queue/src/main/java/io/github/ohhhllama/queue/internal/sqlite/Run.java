package io.github.ohhhllama.queue.internal.sqlite;

import java.time.Instant;
import java.util.Locale;

/**
 * Is one run of the queue, from its start until nothing is left to try.
 *
 * @param id its number
 * @param cause why it was started
 * @param startedAt when it was started
 */
public record Run(long id, Cause cause, Instant startedAt) {

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
