package io.github.ohhhllama;

import org.jspecify.annotations.Nullable;

/**
 * Hears what this process does with a queue. Not told are what another process on the same file does, what somebody writes
 * into it by hand and what is set right after either, that an entry waits for room before its download begins, and that
 * entries which ended long ago are forgotten. {@link QueueService#events} tells the whole story of an entry.
 *
 * <p>Calls come one at a time, from a thread of the queue's own; nothing waits for them but later calls and, for some
 * seconds, the close of the queue, so answer quickly. What two threads did at the same moment may come in either order. What
 * a listener throws is logged and changes nothing.
 *
 * @since 0.1.0
 */
public interface QueueListener {

    /**
     * Hears that something happened to an entry, or that there is a new one; it is in the database by then.
     *
     * @param entry the entry after it
     * @param event what happened
     */
    default void entryChanged(QueueEntry entry, EntryEvent event) {}

    /**
     * Hears that an entry was taken out of the queue, or out of the list of those that ended.
     *
     * @param entry the entry as it was
     */
    default void removed(QueueEntry entry) {}

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
     * Hears that a run of the queue ended: its window closed, or nothing was left to try.
     *
     * @param summary what was done in it
     */
    default void shiftEnded(ShiftSummary summary) {}
}
