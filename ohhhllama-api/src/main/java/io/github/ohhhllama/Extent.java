package io.github.ohhhllama;

/**
 * Tells how many bytes a model has, and how many of them are still to be fetched. Immutable.
 *
 * @param size the whole model, in bytes
 * @param missing what is not here yet, in bytes; goes down while it is downloaded
 * @since 0.1.0
 */
public record Extent(long size, long missing) {

    /**
     * Checks that neither is negative and no more is missing than there is.
     *
     * @throws IllegalArgumentException if one is negative, or more is missing than there is
     */
    public Extent {
        if (size < 0 || missing < 0 || missing > size) {
            throw new IllegalArgumentException("missing must be from 0 to the size (" + size + "), was " + missing);
        }
    }
}
