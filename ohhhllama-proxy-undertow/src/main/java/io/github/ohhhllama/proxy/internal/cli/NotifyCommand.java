package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.serve.NotifyRules;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Notify;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.proxy.internal.settings.SettingProblem;
import io.github.ohhhllama.proxy.internal.settings.Settings;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.queue.Webhooks;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows who is told what happens, and tries whether they can be told. */
@Command(name = "notify", description = "Shows who is told what happens, and sends them a test message if asked to.")
final class NotifyCommand implements Callable<Integer> {

    private static final Set<String> OURS =
            NotifyRules.SETTINGS.stream().map(Setting::name).collect(Collectors.toSet());

    private final Surroundings surroundings;
    private final SettingOptions options;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--test", description = "Sends everybody a test message, and shows what became of it.")
    private boolean test;

    NotifyCommand(Surroundings surroundings, SettingOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() {
        Notify settings = settings();
        Webhooks webhooks = NotifyRules.webhooks(settings);
        PrintWriter out = surroundings.terminal().out();
        if (webhooks.addresses().isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "nobody is told anything: NOTIFY_URL is not set");
        }
        if (!test) {
            webhooks.addresses().forEach(address -> out.println(address + "  is told of " + settings.on()));
            return ExitCode.OK;
        }
        List<Webhooks.Trial> trials = webhooks.test(surroundings.environment().variables(), surroundings.clock());
        for (Webhooks.Trial trial : trials) {
            String outcome = trial.taken() ? "  took the message: " : "  did not take the message: ";
            out.println(PlainText.of(trial.address() + outcome + trial.words()));
        }
        return trials.stream().allMatch(Webhooks.Trial::taken) ? ExitCode.OK : ExitCode.FAILED;
    }

    private Notify settings() {
        Settings settings = options.read(command.commandLine().getParseResult());
        List<SettingProblem> problems = settings.problems().stream()
                .filter(problem -> OURS.contains(problem.subject()))
                .toList();
        if (!problems.isEmpty()) {
            throw SettingOptions.failure(problems);
        }
        return settings.assumed().queue().notices();
    }
}
