package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer to {@code GET /api/queue} as a client reads it.
 *
 * @param counts how many entries are in each state
 * @param queue the active entries of the page
 * @param recent the entries that ended last, newest first
 * @param rateLimit how the asking client stands
 * @param paused the pause made by hand, if there is one
 * @param window when the queue runs
 */
public record QueueView(
        Counts counts,
        List<Entry> queue,
        @Nullable List<Entry> recent,
        @Json(name = "rate_limit") @Nullable Rate rateLimit,
        @Nullable Pause paused,
        @Nullable Hours window) {

    /** Returns the entries that ended last, newest first. */
    public List<Entry> ended() {
        return Objects.requireNonNullElse(recent, List.of());
    }

    /**
     * Counts the entries by state.
     *
     * @param pending how many wait
     * @param downloading how many are being downloaded
     * @param completed how many ended well
     * @param failed how many were given up
     */
    public record Counts(long pending, long downloading, long completed, long failed) {}

    /**
     * Shows an entry; those that ended lack most of it.
     *
     * @param id its number
     * @param model the model as it was asked for
     * @param status {@code pending}, {@code downloading}, {@code completed} or {@code failed}
     * @param requester who asked
     * @param updatedAt when it changed last
     * @param position 1 for the one that is next
     * @param startsAt when the queue starts, or started
     * @param nextAttemptAt before which moment it is not tried again
     * @param error why the last attempt failed
     * @param progress how far the download is
     * @param priority {@code high}, {@code normal} or {@code low}
     * @param size how many bytes the model has
     * @param missing how many of them are not here
     * @param ready when it will be there
     * @param fitsTonight {@code yes}, {@code maybe}, {@code no} or {@code unknown}
     * @param whyWaiting why it is not being downloaded
     * @param events what happened to it; only where one entry is shown
     */
    public record Entry(
            long id,
            String model,
            String status,
            @Json(name = "requester_ip") @Nullable String requester,
            @Json(name = "updated_at") @Nullable Instant updatedAt,
            @Nullable Integer position,
            @Json(name = "starts_at") @Nullable Instant startsAt,
            @Json(name = "retry_at") @Nullable Instant nextAttemptAt,
            @Nullable String error,
            @Nullable Progress progress,
            @Nullable String priority,
            @Nullable Long size,
            @Nullable Long missing,
            @Json(name = "ready_at") @Nullable Ready ready,
            @Json(name = "fits_tonight") @Nullable String fitsTonight,
            @Json(name = "why_waiting") @Nullable String whyWaiting,
            @Nullable List<Event> events) {

        /** Tells whether it is being downloaded. */
        public boolean isDownloading() {
            return status.equals("downloading");
        }

        /** Tells whether it stands in the queue. */
        public boolean isActive() {
            return isDownloading() || status.equals("pending");
        }

        /** Returns how far the download is, or was when it ended without the model; nobody tells it the last bytes. */
        public Optional<Progress> running() {
            return status.equals("completed") ? Optional.empty() : Optional.ofNullable(progress);
        }
    }

    /**
     * Says when a model will be there.
     *
     * @param earliest if all goes well
     * @param latest if the line is slow
     */
    public record Ready(
            @Nullable Instant earliest, @Nullable Instant latest) {}

    /**
     * Is a line in the story of an entry.
     *
     * @param at when it happened
     * @param kind what happened, in one word
     * @param words more about it
     */
    public record Event(
            @Nullable Instant at,
            @Nullable String kind,
            @Nullable String words) {}

    /**
     * Says why the queue is paused.
     *
     * @param words why
     * @param until when the pause ends by itself
     */
    public record Pause(@Nullable String words, @Nullable Instant until) {}

    /**
     * Says when the queue runs.
     *
     * @param runningSince since when it has been running, if it does
     * @param endsAt when this run ends, or the next one; null for when nothing is left to try
     * @param nextStart when it starts by the schedule
     */
    public record Hours(
            @Json(name = "running_since") @Nullable Instant runningSince,
            @Json(name = "ends_at") @Nullable Instant endsAt,
            @Json(name = "next_start") @Nullable Instant nextStart) {}

    /**
     * Shows how far a download is.
     *
     * @param status Ollama's words
     * @param total the size of the layer in bytes
     * @param completed how many of them are here
     * @param bytesPerSecond the rate
     */
    public record Progress(
            @Nullable String status,
            @Nullable Long total,
            @Nullable Long completed,
            @Json(name = "bytes_per_second") @Nullable Long bytesPerSecond) {}

    /**
     * Shows how the asking client stands with the daily limit.
     *
     * @param limit how many new models a day, 0 for any number
     * @param remaining how many are left, or null when there is no limit
     * @param resetsAt when the count starts anew
     */
    public record Rate(
            int limit,
            @Nullable Integer remaining,
            @Json(name = "resets_at") @Nullable Instant resetsAt) {}
}
