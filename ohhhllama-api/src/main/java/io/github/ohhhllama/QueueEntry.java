package io.github.ohhhllama;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows one entry of the queue as it was at the moment of asking. Immutable.
 *
 * @param id its number, never used twice
 * @param request what was asked, and by whom
 * @param state where it is in its life
 * @param createdAt when it was acknowledged
 * @param updatedAt when its state, attempts or progress changed last
 * @param attempts what was tried so far
 * @param place where it stands, or null when it is not active
 * @param download how far the download is, or null when none was running yet
 * @param extent how big the model is, or null when that is not known
 * @since 0.1.0
 */
public record QueueEntry(
        long id,
        PullRequest request,
        EntryState state,
        Instant createdAt,
        Instant updatedAt,
        Attempts attempts,
        @Nullable Place place,
        @Nullable Download download,
        @Nullable Extent extent) {

    /**
     * Creates an entry for a model of unknown size.
     *
     * @param id its number
     * @param request what was asked, and by whom
     * @param state where it is in its life
     * @param createdAt when it was acknowledged
     * @param updatedAt when its state, attempts or progress changed last
     * @param attempts what was tried so far
     * @param place where it stands, or null when it is not active
     * @param download how far the download is, or null when none was running yet
     */
    public QueueEntry(
            long id,
            PullRequest request,
            EntryState state,
            Instant createdAt,
            Instant updatedAt,
            Attempts attempts,
            @Nullable Place place,
            @Nullable Download download) {
        this(id, request, state, createdAt, updatedAt, attempts, place, download, null);
    }

    /** Returns the model that was asked for. */
    public ModelName model() {
        return request.model();
    }

    /** Returns where the entry stands, if it is active. */
    public Optional<Place> standing() {
        return Optional.ofNullable(place);
    }

    /** Returns how far the download is, if one was running. */
    public Optional<Download> downloaded() {
        return Optional.ofNullable(download);
    }

    /** Returns how big the model is, if that is known. */
    public Optional<Extent> size() {
        return Optional.ofNullable(extent);
    }
}
