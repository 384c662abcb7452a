package io.github.ohhhllama.proxy.internal.process;

/** Thrown when a command cannot go on; the message is for the person who typed it. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    /**
     * Creates a failure.
     *
     * @param exitCode what the process ends with, one of {@link ExitCode}
     * @param message what is wrong and what helps, in one line or several
     */
    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Returns what the process ends with, one of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
