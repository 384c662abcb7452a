package io.github.ohhhllama.queue.internal.registry;

import java.io.IOException;

/** Thrown when something answers that does not speak as a registry does. */
final class UnlikeRegistryException extends IOException {

    private static final long serialVersionUID = 1L;

    UnlikeRegistryException(String message) {
        super(message);
    }
}
