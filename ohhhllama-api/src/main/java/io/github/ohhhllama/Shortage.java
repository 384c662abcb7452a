package io.github.ohhhllama;

/**
 * Tells how much room a model lacks on the disk. All numbers are bytes. Immutable.
 *
 * @param needed what the model still needs
 * @param reserved what the models before it in the queue need; layers that several share count once
 * @param kept what is to stay free whatever happens
 * @param free what is free
 * @since 0.1.0
 */
public record Shortage(long needed, long reserved, long kept, long free) {

    /**
     * Checks that there is a shortage.
     *
     * @throws IllegalArgumentException if it all fits
     */
    public Shortage {
        if (needed + reserved + kept <= free) {
            throw new IllegalArgumentException(needed + " and " + reserved + " and " + kept + " fit into " + free);
        }
    }

    /** Returns how many bytes more would have to be free. */
    public long missing() {
        return needed + reserved + kept - free;
    }
}
