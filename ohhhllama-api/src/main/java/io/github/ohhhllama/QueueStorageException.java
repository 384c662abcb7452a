package io.github.ohhhllama;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the queue's database cannot do what was asked; nothing was stored, and the next call tries anew. What it
 * carries is immutable.
 *
 * <p>The message is a sentence for the person who runs the service: which file, what is wrong, what to do.
 *
 * @since 0.1.0
 */
public final class QueueStorageException extends OhhhllamaException {

    /** Names what keeps the database from working. */
    public enum Reason {
        /** The disk, or the quota on it, is full. */
        FULL,
        /** Another process held the file longer than the busy timeout, or the file is read-only, unreadable or damaged. */
        UNAVAILABLE
    }

    private final Reason reason;

    /**
     * Creates the exception.
     *
     * @param reason the class of the trouble
     * @param message a sentence that names the file
     * @param cause what the driver said, if it was the driver
     */
    public QueueStorageException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns the class of the trouble. */
    public Reason reason() {
        return reason;
    }
}
