package io.github.ohhhllama.proxy.internal.json;

/** Thrown when a body is not what the handler in question accepts; the message is the one Ollama would send with 400. */
public final class BadBodyException extends Exception {

    /**
     * Creates the exception.
     *
     * @param message what Ollama says of the body
     */
    public BadBodyException(String message) {
        super(message);
    }
}
