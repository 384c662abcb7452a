package io.github.ohhhllama.queue.internal.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says what became of an attempt to tell somebody something. */
public sealed interface Delivery {

    /** Returns what became of it, in words. */
    String words();

    /**
     * It was taken.
     *
     * @param words what the receiver answered
     */
    record Taken(String words) implements Delivery {}

    /**
     * It may be taken another time.
     *
     * @param words what stood against it
     * @param retryAfter how long the receiver asks us to wait, or null
     */
    record Postponed(String words, @Nullable Duration retryAfter) implements Delivery {}

    /**
     * It will not be taken, now or later.
     *
     * @param words what the receiver answered
     */
    record Refused(String words) implements Delivery {}
}
