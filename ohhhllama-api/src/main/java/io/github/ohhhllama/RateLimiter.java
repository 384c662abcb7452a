package io.github.ohhhllama;

/**
 * Decides how many new models a requester may queue.
 *
 * <p>Implementations are thread-safe. The queue calls {@link #tryAcquire} inside the transaction that stores the entry,
 * one call at a time: answer quickly, and do not call the queue from here.
 *
 * @since 0.1.0
 */
public interface RateLimiter {

    /**
     * Charges the requester one model if the limit allows it. What was charged is never given back.
     *
     * @param requester who asks
     * @return the decision; {@link RateDecision#allowed()} tells whether a model was charged
     * @throws QueueStorageException if what was charged before cannot be read or written; nothing is stored then
     */
    RateDecision tryAcquire(Requester requester);

    /**
     * Tells how the requester stands without charging anything.
     *
     * @param requester who asks
     * @return the decision that {@link #tryAcquire} would make now, with what is left before it
     * @throws QueueStorageException if what was charged before cannot be read
     */
    RateDecision peek(Requester requester);
}
