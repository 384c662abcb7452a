package io.github.ohhhllama;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when something happened that nobody planned; the subclasses say what. What they carry is immutable.
 *
 * @since 0.1.0
 */
public abstract class OhhhllamaException extends RuntimeException {

    private final String message;

    OhhhllamaException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** Returns the message, which is always there. */
    @Override
    public final String getMessage() {
        return message;
    }
}
