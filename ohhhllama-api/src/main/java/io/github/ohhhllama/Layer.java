package io.github.ohhhllama;

import java.util.Objects;

/**
 * Is one file of a model, as its manifest lists it; several models may share one. Immutable.
 *
 * @param digest {@code sha256:} and 64 hex digits
 * @param size in bytes
 * @since 0.1.0
 */
public record Layer(String digest, long size) {

    /**
     * Checks that the digest is there and the size is not negative.
     *
     * @throws IllegalArgumentException if the size is negative
     */
    public Layer {
        Objects.requireNonNull(digest, "digest");
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative, was " + size);
        }
    }
}
