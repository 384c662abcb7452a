package io.github.ohhhllama;

/**
 * Selects a stretch of a list. Immutable.
 *
 * @param limit how many entries at most, 1 to 1000
 * @param offset how many entries to leave out before, 0 or more
 * @since 0.1.0
 */
public record Page(int limit, int offset) {

    /** The most entries a page may have. */
    public static final int MOST = 1000;

    /** The first 50 entries. */
    public static final Page FIRST = new Page(50, 0);

    /**
     * Checks both bounds.
     *
     * @throws IllegalArgumentException if {@code limit} is not 1 to 1000, or {@code offset} is negative
     */
    public Page {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", was " + limit);
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset must be 0 or more, was " + offset);
        }
    }
}
