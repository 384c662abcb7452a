package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.doctor.Diagnosis;
import io.github.ohhhllama.proxy.internal.json.Health;
import io.github.ohhhllama.proxy.internal.json.Health.Check;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.process.Version;
import io.github.ohhhllama.proxy.internal.remote.HealthText;
import io.github.ohhhllama.proxy.internal.serve.ProxyRuntime;
import io.github.ohhhllama.proxy.internal.settings.Settings;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for what is wrong, and says what to do. */
@Command(
        name = "doctor",
        description =
                "Looks at settings, ports, Ollama, database, disk and clock, whether the proxy runs or not, and says"
                        + " what to do. Changes nothing. Ends with 0 if all is well, 6 if something is doubtful, 1 if something"
                        + " does not work.")
final class DoctorCommand implements Callable<Integer> {

    private final ProxyRuntime runtime;
    private final Surroundings surroundings;
    private final SettingOptions options;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--json", description = "Prints JSON, for scripts.")
    private boolean json;

    DoctorCommand(ProxyRuntime runtime, Surroundings surroundings, SettingOptions options) {
        this.runtime = runtime;
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() {
        Settings settings = options.read(command.commandLine().getParseResult());
        Health health = new Diagnosis(settings, runtime, surroundings.clock())
                .health(ProxyOptions.address(settings.assumed().listen()));
        Terminal terminal = surroundings.terminal();
        if (json) {
            terminal.out().println(new String(health.toJson(), StandardCharsets.UTF_8).strip());
        } else {
            show(health, terminal);
        }
        return ExitCode.of(health.status());
    }

    private void show(Health health, Terminal terminal) {
        // Not cut: this is what people copy and send to others.
        HealthText text = new HealthText(surroundings.colours(), Integer.MAX_VALUE);
        terminal.out().println(Version.CURRENT.line() + " on Java " + Runtime.version());
        text.table(health).forEach(terminal.out()::println);
        terminal.out().println();
        List<String> advice = health.checks().values().stream()
                .map(Check::details)
                .map(details -> details.get(Diagnosis.ADVICE))
                .filter(Objects::nonNull)
                .map(words -> PlainText.of(words.toString()))
                .toList();
        if (advice.isEmpty()) {
            terminal.out().println("Nothing is to be done.");
            return;
        }
        terminal.out().println("What to do:");
        for (int number = 1; number <= advice.size(); number++) {
            terminal.out().println("  " + number + ". " + advice.get(number - 1));
        }
    }
}
