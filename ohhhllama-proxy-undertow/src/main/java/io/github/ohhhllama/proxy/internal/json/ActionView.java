package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.Json;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the answer to a request that changes something, as a client reads it.
 *
 * @param status one word for what happened, for instance {@code already_queued}
 * @param message the same as a sentence
 * @param error why nothing happened
 * @param queueId the number of the entry
 * @param position its place in the queue
 * @param startsAt when the queue starts
 * @param httpStatus the status that a pull which was not meant would be refused with
 * @param size how many bytes the model has
 * @param missing how many of them are not here
 * @param ready when the model would be there
 * @param fitsTonight whether it would be there after the night: {@code yes}, {@code maybe}, {@code no} or {@code unknown}
 */
public record ActionView(
        @Nullable String status,
        @Nullable String message,
        @Nullable String error,
        @Json(name = "queue_id") @Nullable Long queueId,
        @Nullable Integer position,
        @Json(name = "starts_at") @Nullable Instant startsAt,
        @Json(name = "http_status") @Nullable Integer httpStatus,
        @Nullable Long size,
        @Nullable Long missing,
        @Json(name = "ready_at") QueueView.@Nullable Ready ready,
        @Json(name = "fits_tonight") @Nullable String fitsTonight) {

    /** Returns the sentence that says what happened, if there is one. */
    public Optional<String> sentence() {
        return Optional.ofNullable(error).or(() -> Optional.ofNullable(message)).or(() -> Optional.ofNullable(status));
    }
}
