package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.serve.UndertowRuntime;
import picocli.CommandLine.Model.CommandSpec;

/** Starts the standalone program. */
public final class Main {

    private Main() {}

    /**
     * Runs the command that was typed and ends the process with its exit code.
     *
     * @param arguments what was typed
     */
    public static void main(String[] arguments) {
        OhhhllamaCli.runAndExit(cli().commandLine(), arguments);
    }

    /** Returns the surroundings of this process; how wide its terminal is, picocli asks, as for its usage messages. */
    public static Surroundings surroundings() {
        return Surroundings.ofProcess(
                () -> CommandSpec.create().usageMessage().autoWidth(true).width());
    }

    /** Returns the command line of this process, to be completed with further commands. */
    public static OhhhllamaCli cli() {
        return cli(surroundings());
    }

    /**
     * Returns the command line of another machine than this one.
     *
     * @param surroundings what the commands take for the machine
     */
    public static OhhhllamaCli cli(Surroundings surroundings) {
        return new OhhhllamaCli(new UndertowRuntime(surroundings.environment(), surroundings.clock()), surroundings);
    }
}
