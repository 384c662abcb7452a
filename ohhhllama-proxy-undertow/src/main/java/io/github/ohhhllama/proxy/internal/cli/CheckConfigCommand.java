package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.proxy.internal.doctor.SettingWarnings;
import io.github.ohhhllama.proxy.internal.json.ConfigReport;
import io.github.ohhhllama.proxy.internal.ollama.Partials;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.serve.ProxyRuntime;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.QueueSettings;
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

    private static final String UNSEEN =
            "whether Ollama runs with OLLAMA_NOPRUNE=1 cannot be seen from here; without it, "
                    + "half-finished downloads that are older than an hour are lost whenever Ollama is started again";

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
        ConfigReport report = report(settings);
        PrintWriter out = surroundings.terminal().out();
        if (json) {
            out.println(new String(report.toJson(), StandardCharsets.UTF_8));
        } else {
            show(report, settings.valid().map(valid -> valid.queue().zone()), out);
        }
        if (!settings.problems().isEmpty()) {
            throw SettingOptions.failure(settings.problems());
        }
        return ExitCode.OK;
    }

    private ConfigReport report(Settings settings) {
        Optional<ProxySettings> valid = settings.valid();
        Optional<Partials> partials = valid.map(runtime::partials);
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
                Stream.concat(
                                settings.notices().stream(),
                                partials.filter(Partials.UNKNOWN::equals).map(none -> UNSEEN).stream())
                        .toList(),
                Stream.concat(
                                valid.map(each -> new SettingWarnings(each).sentences()).orElse(List.of()).stream(),
                                partials.flatMap(Partials::warning).stream())
                        .toList(),
                settings.problems().stream().map(SettingProblem::message).toList());
    }

    private static void show(ConfigReport report, Optional<ZoneId> zone, PrintWriter out) {
        Table table = new Table(VALUE_COLUMN, Set.of(), "SETTING", "VALUE", "SOURCE");
        report.settings().forEach(each -> table.add(each.name(), each.text(), each.source()));
        table.lines(Integer.MAX_VALUE).forEach(out::println);
        out.println();
        zone.ifPresent(where -> showSchedule(report, where, out));
        report.notices().forEach(notice -> out.println("Notice: " + PlainText.of(notice)));
        report.warnings().forEach(warning -> out.println("Warning: " + warning));
    }

    private static void showSchedule(ConfigReport report, ZoneId zone, PrintWriter out) {
        out.println(report.windows().isEmpty() ? "Next starts of the queue:" : "Next windows:");
        report.windows()
                .forEach(window -> out.println("  " + Amounts.localAndUtc(window.opens(), zone) + " to "
                        + Amounts.localAndUtc(window.closes(), zone)));
        report.starts().forEach(start -> out.println("  " + Amounts.localAndUtc(start, zone)));
    }
}
