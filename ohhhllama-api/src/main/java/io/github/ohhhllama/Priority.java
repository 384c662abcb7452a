package io.github.ohhhllama;

import java.util.Locale;

/**
 * Names how urgent an entry is: the higher are downloaded before the lower. Immutable.
 *
 * @since 0.1.0
 */
public enum Priority {
    /** Comes before the others. */
    HIGH,
    /** Is what everybody gets who says nothing. */
    NORMAL,
    /** Comes after the others: what nobody waits for, for instance refreshes. */
    LOW;

    /** Returns the word that the database, the HTTP API and the command line use: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
