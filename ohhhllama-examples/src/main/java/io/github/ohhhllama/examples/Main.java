package io.github.ohhhllama.examples;

/** Starts the standalone program with the examples' commands beside its own. */
public final class Main {

    private Main() {}

    /**
     * Runs the command that was typed and ends the process with its exit code.
     *
     * @param arguments what was typed
     */
    public static void main(String[] arguments) {
        io.github.ohhhllama.proxy.internal.cli.Main.main(arguments);
    }
}
