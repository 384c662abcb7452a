package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer to {@code GET /api/history} as a client reads it.
 *
 * @param tallies what the attempts add up to
 * @param attempts the attempts, newest first
 */
public record HistoryView(List<Tally> tallies, List<Attempt> attempts) {

    /**
     * Adds attempts up.
     *
     * @param key the day, the model or the requester
     * @param attempts how many there were
     * @param completed how many ended with the model there
     * @param failed how many failed
     * @param bytes how many bytes came
     */
    public record Tally(String key, long attempts, long completed, long failed, long bytes) {}

    /**
     * Shows an attempt.
     *
     * @param model the model
     * @param requester who asked
     * @param from when it began
     * @param to when it ended
     * @param bytes how many bytes came
     * @param meanRate in bytes per second
     * @param outcome how it ended, in one word
     * @param words why
     */
    public record Attempt(
            String model,
            @Nullable String requester,
            Instant from,
            Instant to,
            long bytes,
            @Json(name = "mean_rate") long meanRate,
            String outcome,
            @Nullable String words) {}
}
