package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says what this is. */
@Command(name = "version", description = "Shows the version, and the Java it runs on.")
final class VersionCommand implements Callable<Integer> {

    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println(Version.CURRENT.line());
        terminal.out()
                .println("Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + "), "
                        + System.getProperty("os.name") + ' ' + System.getProperty("os.arch"));
        return ExitCode.OK;
    }
}
