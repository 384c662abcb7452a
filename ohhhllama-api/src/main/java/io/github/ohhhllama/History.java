package io.github.ohhhllama;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Shows what was downloaded. Immutable.
 *
 * @param fetches the attempts, newest first, as many as were asked for
 * @param tallies what they add up to, by what was asked for; days newest first, others by bytes
 * @since 0.1.0
 */
public record History(List<Fetch> fetches, List<Tally> tallies) {

    /** Copies both lists. */
    public History {
        fetches = List.copyOf(fetches);
        tallies = List.copyOf(tallies);
    }

    /** Names what tallies are kept by. */
    public enum By {
        /** The local day on which the attempt ended. */
        DAY,
        /** The model. */
        MODEL,
        /** Who asked. */
        REQUESTER;

        /** Returns the word that the HTTP API and the command line use: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Asks for a part of the history.
     *
     * @param since the attempts that ended at this moment or later
     * @param by what to add up by
     * @param limit how many attempts to list, 0 for the tallies alone; the tallies always count all of them
     */
    public record Query(Instant since, By by, int limit) {

        /**
         * Checks that the parts are there and the limit is not negative.
         *
         * @throws IllegalArgumentException if the limit is negative
         */
        public Query {
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(by, "by");
            if (limit < 0) {
                throw new IllegalArgumentException("limit must not be negative, was " + limit);
            }
        }
    }

    /**
     * Adds attempts up.
     *
     * @param key the day ({@code 2026-11-23}), the model or the requester
     * @param attempts how many there were
     * @param completed how many ended with the model there
     * @param failed how many failed
     * @param bytes how many bytes came over the line
     */
    public record Tally(String key, long attempts, long completed, long failed, long bytes) {

        /** Checks that the key is there. */
        public Tally {
            Objects.requireNonNull(key, "key");
        }
    }
}
