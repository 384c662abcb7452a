package io.github.ohhhllama;

/**
 * Says where in the queue an entry is to stand. Immutable, all kinds of it.
 *
 * @since 0.1.0
 */
public sealed interface Spot {

    /** Is before all others that wait. */
    record First() implements Spot {}

    /**
     * Is right before another entry.
     *
     * @param entry the other's number
     */
    record Before(long entry) implements Spot {}

    /**
     * Is among those of a priority, behind those that wait there.
     *
     * @param priority the priority
     */
    record Among(Priority priority) implements Spot {}
}
