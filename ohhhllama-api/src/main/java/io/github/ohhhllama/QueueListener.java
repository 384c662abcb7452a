package io.github.ohhhllama;

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
     * Hears that a window closed.
     *
     * @param summary what was done in it
     */
    default void shiftEnded(ShiftSummary summary) {}
}
