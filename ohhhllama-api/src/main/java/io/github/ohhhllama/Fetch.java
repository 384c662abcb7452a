package io.github.ohhhllama;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for one attempt to download a model, whatever became of it. Immutable.
 *
 * @param entry the entry's number
 * @param model the model
 * @param requester who asked for it
 * @param from when the attempt began
 * @param to when it ended
 * @param bytes how many bytes came over the line
 * @param peakRate the highest rate over some seconds, in bytes per second
 * @param outcome how it ended
 * @param words why, or empty
 * @param windowOpened when the window opened in which it ran, or null if it ran outside of any
 * @since 0.1.0
 */
public record Fetch(
        long entry,
        ModelName model,
        Requester requester,
        Instant from,
        Instant to,
        long bytes,
        long peakRate,
        Outcome outcome,
        String words,
        @Nullable Instant windowOpened) {

    /** Names how an attempt can end. */
    public enum Outcome {
        /** The model is there. */
        COMPLETED,
        /** It was paused, and goes on later. */
        PAUSED,
        /** It came too slowly, and goes on later. */
        STALLED,
        /** It failed. */
        FAILED,
        /** The entry was taken out of the queue. */
        REMOVED;

        /** Returns the word that the database and the HTTP API use: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks that all parts but the last are there, and no number is negative.
     *
     * @throws IllegalArgumentException if {@code bytes} or {@code peakRate} is negative
     */
    public Fetch {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(requester, "requester");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(words, "words");
        if (bytes < 0 || peakRate < 0) {
            throw new IllegalArgumentException(
                    "bytes and peakRate must not be negative, were " + bytes + " and " + peakRate);
        }
    }

    /** Returns the mean rate in bytes per second, 0 if it took no time. */
    public long meanRate() {
        long millis = Duration.between(from, to).toMillis();
        return millis <= 0 ? 0 : Math.round(bytes * 1000.0 / millis);
    }
}
