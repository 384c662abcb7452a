package io.github.ohhhllama;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is one reason why an entry is not being downloaded now. Reasons add up, and each is lifted by its own cause.
 * Immutable.
 *
 * @param cause what holds the entry back
 * @param words a few words for a person, for instance {@code paused: window closed, resumes 22:00}
 * @param until when it is lifted by itself, or null if that is not known
 * @since 0.1.0
 */
public record Hold(Cause cause, String words, @Nullable Instant until) {

    /** Names what holds an entry back. */
    public enum Cause {
        /** Somebody paused the queue. */
        MANUAL,
        /** No window is open. */
        WINDOW,
        /** The disk lacks the room. */
        DISK,
        /** The last attempt failed, and the pause after it lasts. */
        RETRY,
        /** Others stand before it. */
        TURN;

        /** Returns the word that the database, the HTTP API and the command line use: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks that cause and words are there. */
    public Hold {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(words, "words");
    }

    /** Returns when the reason is lifted by itself, if that is known. */
    public Optional<Instant> lifted() {
        return Optional.ofNullable(until);
    }
}
