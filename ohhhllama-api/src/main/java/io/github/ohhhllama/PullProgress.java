package io.github.ohhhllama;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Carries one line of a running pull, as Ollama writes it. Immutable.
 *
 * @param status Ollama's words, for instance {@code pulling 4093f415cc92}, {@code verifying sha256 digest} or
 *     {@code success}
 * @param digest the layer the numbers speak of ({@code sha256:} and 64 hex digits), or null
 * @param total the layer's size in bytes, 0 if unknown
 * @param completed how many of them are here; may go down when a part is fetched again
 * @since 0.1.0
 */
public record PullProgress(String status, @Nullable String digest, long total, long completed) {

    /**
     * Checks that the status is there and no count is negative.
     *
     * @throws IllegalArgumentException if a count is negative
     */
    public PullProgress {
        Objects.requireNonNull(status, "status");
        if (total < 0 || completed < 0) {
            throw new IllegalArgumentException(
                    "total and completed must not be negative, were " + total + " and " + completed);
        }
    }

    /**
     * Returns a line without numbers.
     *
     * @param status Ollama's words
     */
    public static PullProgress of(String status) {
        return new PullProgress(status, null, 0, 0);
    }

    /** Tells whether this is the line that ends a pull well. */
    public boolean isSuccess() {
        return status.equals("success");
    }

    /** Tells whether Ollama is hashing what it has: minutes of silence are normal then. */
    public boolean isVerifying() {
        return status.startsWith("verifying");
    }
}
