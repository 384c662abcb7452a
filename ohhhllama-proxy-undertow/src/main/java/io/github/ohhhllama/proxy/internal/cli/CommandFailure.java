package io.github.ohhhllama.proxy.internal.cli;

/** Thrown when a command cannot go on; the message is for the person who typed it. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
