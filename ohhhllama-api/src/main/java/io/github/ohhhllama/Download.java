package io.github.ohhhllama;

import java.util.Objects;

/**
 * Shows how far a running download is. Immutable.
 *
 * @param progress the last line Ollama wrote
 * @param bytesPerSecond the rate over the last seconds in bytes per second, 0 if unknown
 * @since 0.1.0
 */
public record Download(PullProgress progress, long bytesPerSecond) {

    /**
     * Checks that the progress is there and the rate is not negative.
     *
     * @throws IllegalArgumentException if the rate is negative
     */
    public Download {
        Objects.requireNonNull(progress, "progress");
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("bytesPerSecond must not be negative, was " + bytesPerSecond);
        }
    }
}
