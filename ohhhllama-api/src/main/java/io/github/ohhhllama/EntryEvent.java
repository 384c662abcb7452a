package io.github.ohhhllama;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * Is one line in the story of an entry. Immutable.
 *
 * @param entry the entry's number
 * @param at when it happened
 * @param kind what happened
 * @param words more about it, for a person; empty if there is nothing to add
 * @since 0.1.0
 */
public record EntryEvent(long entry, Instant at, Kind kind, String words) {

    /** Names what can happen to an entry. */
    public enum Kind {
        /** It was put into the queue. */
        QUEUED,
        /** It was moved, or its priority was changed. */
        MOVED,
        /** It got a permit of its own to leave the window. */
        PERMITTED,
        /** Its download began, or went on. */
        STARTED,
        /** Its download was paused; nothing was lost. */
        PAUSED,
        /** It came too slowly and was broken off, to go on later. */
        STALLED,
        /** An attempt failed; there will be another. */
        RETRIED,
        /** It waits for room on the disk. */
        PARKED,
        /** The model is there. */
        COMPLETED,
        /** It was given up. */
        FAILED;

        /** Returns the word that the database and the HTTP API use: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks that all parts are there. */
    public EntryEvent {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(words, "words");
    }
}
