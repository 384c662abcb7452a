package io.github.ohhhllama.proxy.internal.settings;

/** Thrown when a text is not what a setting expects; the message says what is, fit to follow the word "expected". */
final class UnexpectedTextException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnexpectedTextException(String expected) {
        super(expected);
    }
}
