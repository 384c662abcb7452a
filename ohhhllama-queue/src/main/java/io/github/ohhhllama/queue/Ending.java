package io.github.ohhhllama.queue;

import io.github.ohhhllama.Shortage;

/** Is why a running download is ended before it is done; none of these is a failure. */
sealed interface Ending {

    /** The program stops. */
    record Closing() implements Ending {}

    /** The entry was taken out of the queue, or belongs to somebody else now. */
    record Lost() implements Ending {}

    /**
     * Nothing may be downloaded now.
     *
     * @param words why, and until when
     * @param nightIsOver whether the entry had all of its night; not if somebody made the pause
     */
    record Paused(String words, boolean nightIsOver) implements Ending {}

    /**
     * It came too slowly.
     *
     * @param words how slowly
     */
    record Stalled(String words) implements Ending {}

    /**
     * The disk would be full before it is done.
     *
     * @param shortage how much room it lacks
     */
    record Full(Shortage shortage) implements Ending {}
}
