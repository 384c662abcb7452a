package io.github.ohhhllama;

import java.util.Locale;

/**
 * Names the four states of a queue entry; the first two are active, of which a model has one entry at most. Immutable.
 *
 * @since 0.1.0
 */
public enum EntryState {
    /** Waits for its turn. */
    PENDING,
    /** Is being downloaded by the owner of a living lease. */
    DOWNLOADING,
    /** Ended with success, and the model was listed. */
    COMPLETED,
    /** Ended for good without the model; the entry says why. */
    FAILED;

    /** Tells whether an entry in this state still stands in the queue. */
    public boolean isActive() {
        return this == PENDING || this == DOWNLOADING;
    }

    /** Returns the word that the database, the HTTP API and the command line use: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
