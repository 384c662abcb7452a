package io.github.ohhhllama;

import org.jspecify.annotations.Nullable;

/** Thrown when something happened that nobody planned; the subclasses say what. */
public abstract class OhhhllamaException extends RuntimeException {

    OhhhllamaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
