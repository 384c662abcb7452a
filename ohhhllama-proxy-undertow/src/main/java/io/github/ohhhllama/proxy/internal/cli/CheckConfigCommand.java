package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.proxy.ProxySettings;
import io.github.ohhhllama.proxy.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.json.ConfigReport;
import io.github.ohhhllama.proxy.internal.settings.SettingProblem;
import io.github.ohhhllama.proxy.internal.settings.Settings;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Table;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(names = "--json", description = "Prints JSON, for scripts.")
    private boolean json;

    CheckConfigCommand(ProxyRuntime runtime, Surroundings surroundings, SettingOptions options) {
        this.runtime = runtime;
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() {
        Settings settings = options.read(command.commandLine().getParseResult());
        Optional<Partials> partials = settings.valid().map(runtime::partials);
        ConfigReport report = report(settings, partials);
        if (json) {
            surroundings.terminal().out().println(new String(report.toJson(), StandardCharsets.UTF_8));
        } else {
            show(report);
        }
        ProxySettings valid = settings.valid().orElseThrow(() -> SettingOptions.failure(settings.problems()));
        if (!json) {
            showSchedule(report, valid.queue().zone());
            showRest(report, partials.equals(Optional.of(Partials.UNKNOWN)));
        }
        return ExitCode.OK;
    }

    private ConfigReport report(Settings settings, Optional<Partials> partials) {
        Optional<ProxySettings> valid = settings.valid();
        Optional<QueueSettings> queue = valid.map(ProxySettings::queue);
        Instant now = surroundings.clock().instant();
        List<Window> windows =
                queue.map(each -> runtime.nextWindows(each, now, STARTS)).orElse(List.of());
        List<Instant> starts = windows.isEmpty()
                ? queue.map(each -> runtime.nextStarts(each, now, STARTS)).orElse(List.of())
                : List.of();
        return new ConfigReport(
                settings.values().values().stream()
                        .map(each -> new ConfigReport.Value(each.setting().name(), each.shown(), each.origin()))
                        .toList(),
                windows,
                starts,
                settings.notices(),
                Stream.concat(
                                valid.map(each -> new SettingWarnings(each).sentences()).orElse(List.of()).stream(),
                                partials.flatMap(Partials::warning).stream())
                        .toList(),
                settings.problems().stream().map(SettingProblem::message).toList());
    }

    private void show(ConfigReport report) {
        Table table = new Table(VALUE_COLUMN, Set.of(), "SETTING", "VALUE", "SOURCE");
        report.settings().forEach(each -> table.add(each.name(), each.text(), each.source()));
        PrintWriter out = surroundings.terminal().out();
        table.lines(Integer.MAX_VALUE).forEach(out::println);
        out.println();
    }

    private void showSchedule(ConfigReport report, ZoneId zone) {
        PrintWriter out = surroundings.terminal().out();
        out.println(report.windows().isEmpty() ? "Next starts of the queue:" : "Next windows:");
        report.windows()
                .forEach(window -> out.println("  " + Amounts.localAndUtc(window.opens(), zone) + " to "
                        + Amounts.localAndUtc(window.closes(), zone)));
        report.starts().forEach(start -> out.println("  " + Amounts.localAndUtc(start, zone)));
    }

    private void showRest(ConfigReport report, boolean partialsUnknown) {
        PrintWriter out = surroundings.terminal().out();
        report.notices().forEach(notice -> out.println("Notice: " + PlainText.of(notice)));
        report.warnings().forEach(warning -> out.println("Warning: " + warning));
        if (partialsUnknown) {
            out.println("Whether Ollama runs with OLLAMA_NOPRUNE=1 cannot be seen from here. Without it, half-finished"
                    + " downloads that are older than an hour are lost whenever Ollama is started again.");
        }
    }
}
