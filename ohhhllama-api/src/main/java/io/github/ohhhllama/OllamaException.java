package io.github.ohhhllama;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when Ollama could not be asked, broke off, or answered with an error. What it carries is immutable.
 *
 * @since 0.1.0
 */
public final class OllamaException extends OhhhllamaException {

    private final PullFailure failure;
    private final @Nullable Duration retryAfter;

    /**
     * Creates the exception.
     *
     * @param failure the class of the failure
     * @param message Ollama's own words where there are any, else what was tried and what happened
     * @param retryAfter how long the other side asked us to wait, or null
     * @param cause the exception underneath, or null
     */
    public OllamaException(
            PullFailure failure, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    /** Returns the class of the failure. */
    public PullFailure failure() {
        return failure;
    }

    /** Returns how long the other side asked us to wait ({@code Retry-After}), if it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
