package io.github.ohhhllama;

import org.jspecify.annotations.Nullable;

/**
 * Hears what happens in a queue.
 *
 * <p>Calls come from the queue's own threads, one at a time: answer quickly, and do not call the queue from here. What a
 * listener throws is logged and changes nothing.
 *
 * @since 0.1.0
 */
public interface QueueListener {

    /**
     * Hears that something happened to an entry; it is in the database by then.
     *
     * @param entry the entry after it
     * @param event what happened
     */
    default void entryChanged(QueueEntry entry, EntryEvent event) {}

    /**
     * Hears how far a download is, about once a second.
     *
     * @param entry the entry, with its progress
     */
    default void progressed(QueueEntry entry) {}

    /**
     * Hears that more of a model came over the line, about once a second while something does.
     *
     * @param bytes how many since the last call
     */
    default void received(long bytes) {}

    /**
     * Hears that an attempt to download a model ended; it is in the database by then.
     *
     * @param fetch what became of it
     * @param failure why it failed, if it was Ollama or a registry that let it down; else null
     */
    default void attemptEnded(Fetch fetch, @Nullable PullFailure failure) {}

    /**
     * Hears that a window closed.
     *
     * @param summary what was done in it
     */
    default void shiftEnded(ShiftSummary summary) {}
}
