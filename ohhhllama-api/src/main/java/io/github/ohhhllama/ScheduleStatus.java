package io.github.ohhhllama;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows when the queue runs. Immutable.
 *
 * @param expression the schedule or the windows as they were configured, for instance {@code 0 3 * * *}
 * @param zone the zone its hours are meant in
 * @param nextStart the next start by the schedule; in the year 9999 if the schedule has come to its end
 * @param runningSince since when the queue has been running, or null when it rests
 * @param endsAt when the run that is under way ends, or else the next one; null if it ends when nothing is left to try
 * @param pause the pause made by hand, or null if there is none
 * @param stillness what is known of the line since the last download was paused, or null if none was
 * @since 0.1.0
 */
public record ScheduleStatus(
        String expression,
        ZoneId zone,
        Instant nextStart,
        @Nullable Instant runningSince,
        @Nullable Instant endsAt,
        @Nullable Hold pause,
        @Nullable Stillness stillness) {

    /** Checks that expression, zone and next start are there. */
    public ScheduleStatus {
        Objects.requireNonNull(expression, "expression");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(nextStart, "nextStart");
    }

    /**
     * Creates the status of a schedule without an end, a pause or a stopped download.
     *
     * @param expression the schedule
     * @param zone the zone its hours are meant in
     * @param nextStart the next start
     * @param runningSince since when the queue has been running, or null when it rests
     */
    public ScheduleStatus(String expression, ZoneId zone, Instant nextStart, @Nullable Instant runningSince) {
        this(expression, zone, nextStart, runningSince, null, null, null);
    }

    /** Names what is known of the line after a download was paused: Ollama may go on in the background. */
    public enum Stillness {
        /** The files of the download were watched, and stay as they are. */
        QUIET,
        /** The files are not to be seen from here. */
        UNVERIFIED,
        /** The files keep growing: Ollama goes on downloading, although nobody waits for it. */
        LEAKING;

        /** Returns the word that the HTTP API uses: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Tells whether the queue is running. */
    public boolean isRunning() {
        return runningSince != null;
    }

    /** Returns the pause made by hand, if there is one. */
    public Optional<Hold> paused() {
        return Optional.ofNullable(pause);
    }
}
