package io.github.ohhhllama;

import java.util.Locale;

/**
 * Answers the wish to start the queue now. Immutable.
 *
 * @since 0.1.0
 */
public enum ProcessResult {
    /** The queue was started. */
    STARTED,
    /** The queue was running already; nothing changed. */
    ALREADY_RUNNING,
    /** Nothing waits, so nothing was started. */
    NOTHING_WAITING;

    /** Returns the word that the HTTP API uses: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
