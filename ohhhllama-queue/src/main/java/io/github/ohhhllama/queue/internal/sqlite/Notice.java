package io.github.ohhhllama.queue.internal.sqlite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Is something that one receiver is to be told.
 *
 * @param id its number
 * @param token names it to the receiver, who may be told twice
 * @param target the digest of the receiver's address
 * @param attempts how often it was tried, this time included
 * @param event what happened
 */
public record Notice(long id, String token, String target, int attempts, Event event) {

    /**
     * Says what happened.
     *
     * @param kind {@code ready}, {@code failed} or {@code night}
     * @param subject the number of the entry, or of the run
     * @param model the model; empty for a run
     * @param requester who asked for it; empty for a run
     * @param words why it failed, else empty
     * @param bytes how big the model is, 0 if that is not known
     * @param began when the run began, null for an entry
     * @param at when it happened
     */
    public record Event(
            String kind,
            long subject,
            String model,
            String requester,
            String words,
            long bytes,
            @Nullable Instant began,
            Instant at) {}
}
