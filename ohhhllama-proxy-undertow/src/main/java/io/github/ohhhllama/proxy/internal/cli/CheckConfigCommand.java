package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.proxy.ProxySettings;
import io.github.ohhhllama.proxy.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.settings.SettingValue;
import io.github.ohhhllama.proxy.internal.settings.Settings;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Table;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the settings that are in force and all that is wrong with them. */
@Command(
        name = "check-config",
        description = "Shows every setting, where it comes from, the next starts of the queue, and all that is wrong.")
final class CheckConfigCommand implements Callable<Integer> {

    private static final int STARTS = 3;
    private static final int VALUE_COLUMN = 1;

    private final ProxyRuntime runtime;
    private final Surroundings surroundings;
    private final SettingOptions options;

    @Spec
    private CommandSpec command = CommandSpec.create();

    CheckConfigCommand(ProxyRuntime runtime, Surroundings surroundings, SettingOptions options) {
        this.runtime = runtime;
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() {
        Settings settings = options.read(command.commandLine().getParseResult());
        Terminal terminal = surroundings.terminal();
        table(settings).lines(Integer.MAX_VALUE).forEach(terminal.out()::println);
        terminal.out().println();
        ProxySettings valid = settings.valid().orElseThrow(() -> SettingOptions.failure(settings.problems()));
        showStarts(valid.queue());
        settings.notices().forEach(notice -> terminal.out().println("Notice: " + PlainText.of(notice)));
        new SettingWarnings(valid).sentences().forEach(warning -> terminal.out().println("Warning: " + warning));
        showPartials(runtime.partials(valid));
        return ExitCode.OK;
    }

    private void showPartials(Partials partials) {
        PrintWriter out = surroundings.terminal().out();
        partials.warning().ifPresent(warning -> out.println("Warning: " + warning));
        if (partials == Partials.UNKNOWN) {
            out.println("Whether Ollama runs with OLLAMA_NOPRUNE=1 cannot be seen from here. Without it, half-finished"
                    + " downloads that are older than an hour are lost whenever Ollama is started again.");
        }
    }

    private static Table table(Settings settings) {
        Table table = new Table(VALUE_COLUMN, Set.of(), "SETTING", "VALUE", "SOURCE");
        for (SettingValue value : settings.values().values()) {
            table.add(value.setting().name(), value.shown(), value.origin());
        }
        return table;
    }

    private void showStarts(QueueSettings queue) {
        Terminal terminal = surroundings.terminal();
        List<Window> windows = runtime.nextWindows(queue, surroundings.clock().instant(), STARTS);
        if (!windows.isEmpty()) {
            terminal.out().println("Next windows:");
            windows.forEach(window -> terminal.out()
                    .println("  " + Amounts.localAndUtc(window.opens(), queue.zone()) + " to "
                            + Amounts.localAndUtc(window.closes(), queue.zone())));
            return;
        }
        terminal.out().println("Next starts of the queue:");
        runtime.nextStarts(queue, surroundings.clock().instant(), STARTS)
                .forEach(start -> terminal.out().println("  " + Amounts.localAndUtc(start, queue.zone())));
    }
}
