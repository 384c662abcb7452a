package io.github.ohhhllama.examples;

import io.github.ohhhllama.proxy.internal.cli.OhhhllamaCli;
import io.github.ohhhllama.proxy.internal.process.Surroundings;

/** Starts the standalone program with the examples' commands beside its own. */
public final class Main {

    private Main() {}

    /**
     * Runs the command that was typed and ends the process with its exit code.
     *
     * @param arguments what was typed
     */
    public static void main(String[] arguments) {
        Surroundings surroundings = io.github.ohhhllama.proxy.internal.cli.Main.surroundings();
        OhhhllamaCli cli = io.github.ohhhllama.proxy.internal.cli.Main.cli();
        DemoCommand demo = new DemoCommand(surroundings, cli, Tempo.LIVE);
        OhhhllamaCli.runAndExit(cli.commandLine(demo), arguments);
    }
}
