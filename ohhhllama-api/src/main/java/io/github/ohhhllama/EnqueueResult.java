package io.github.ohhhllama;

import java.util.function.Function;

/** Answers a request to queue a model: three outcomes, none of them an exception. */
public sealed interface EnqueueResult {

    /** Returns how the requester stands with the daily limit after this request. */
    RateDecision rate();

    /**
     * Hands the outcome to the one function that fits it.
     *
     * @param queued called for a new entry
     * @param alreadyQueued called when the model stood in the queue before
     * @param rateLimited called when the daily limit is used up
     * @param <R> what the functions return
     * @return what the function returned
     */
    <R> R match(
            Function<? super Queued, ? extends R> queued,
            Function<? super AlreadyQueued, ? extends R> alreadyQueued,
            Function<? super RateLimited, ? extends R> rateLimited);

    /**
     * Says that the model was added; the entry is on disk.
     *
     * @param entry the new entry
     * @param rate how the requester stands
     */
    record Queued(QueueEntry entry, RateDecision rate) implements EnqueueResult {
        @Override
        public <R> R match(
                Function<? super Queued, ? extends R> queued,
                Function<? super AlreadyQueued, ? extends R> alreadyQueued,
                Function<? super RateLimited, ? extends R> rateLimited) {
            return queued.apply(this);
        }
    }

    /**
     * Says that the model was in the queue before, waiting or downloading; nothing was charged.
     *
     * @param entry the entry that was there
     * @param rate how the requester stands
     */
    record AlreadyQueued(QueueEntry entry, RateDecision rate) implements EnqueueResult {
        @Override
        public <R> R match(
                Function<? super Queued, ? extends R> queued,
                Function<? super AlreadyQueued, ? extends R> alreadyQueued,
                Function<? super RateLimited, ? extends R> rateLimited) {
            return alreadyQueued.apply(this);
        }
    }

    /**
     * Says that nothing was stored because the requester's daily limit is used up.
     *
     * @param rate how the requester stands, and when the limit starts anew
     */
    record RateLimited(RateDecision rate) implements EnqueueResult {
        @Override
        public <R> R match(
                Function<? super Queued, ? extends R> queued,
                Function<? super AlreadyQueued, ? extends R> alreadyQueued,
                Function<? super RateLimited, ? extends R> rateLimited) {
            return rateLimited.apply(this);
        }
    }
}
