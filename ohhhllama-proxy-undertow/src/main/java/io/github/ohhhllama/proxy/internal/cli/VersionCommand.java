package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.json.BuildReport;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Version;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what this is. */
@Command(name = "version", description = "Shows the version, and the Java it runs on.")
final class VersionCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--json", description = "Prints JSON, for scripts.")
    private boolean json;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        BuildReport build = new BuildReport(
                Version.CURRENT.text(),
                Runtime.version().toString(),
                System.getProperty("java.vendor"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
        if (json) {
            terminal.out().println(new String(build.toJson(), StandardCharsets.UTF_8));
            return ExitCode.OK;
        }
        terminal.out().println(Version.CURRENT.line());
        terminal.out()
                .println("Java " + build.java() + " (" + build.vendor() + "), " + build.os() + ' ' + build.arch());
        return ExitCode.OK;
    }
}
