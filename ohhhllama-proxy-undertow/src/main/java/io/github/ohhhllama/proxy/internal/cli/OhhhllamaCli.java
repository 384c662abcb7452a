package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.process.Version;
import io.github.ohhhllama.proxy.internal.serve.NotifyRules;
import io.github.ohhhllama.proxy.internal.serve.ProxyRuntime;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.proxy.internal.settings.SettingsReader;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** Puts the commands together. */
public final class OhhhllamaCli {

    private static final List<Setting> ADDRESS = List.of(Setting.LISTEN_HOST, Setting.LISTEN_PORT);

    private static final List<Setting> DATABASE = List.of(Setting.DB_PATH);

    private final ProxyRuntime runtime;
    private final Surroundings surroundings;
    private final SettingOptions options;

    /**
     * Creates the command line.
     *
     * @param runtime starts proxies
     * @param surroundings the machine it runs on
     */
    public OhhhllamaCli(ProxyRuntime runtime, Surroundings surroundings) {
        this.runtime = runtime;
        this.surroundings = surroundings;
        options = new SettingOptions(
                new SettingsReader(
                        surroundings.environment(), surroundings.clock().getZone()),
                runtime);
    }

    /**
     * Returns the root command, ready to be executed.
     *
     * @param more further commands, annotated as picocli wants them
     */
    public CommandLine commandLine(Object... more) {
        CommandLine root = new CommandLine(new Root());
        List<Setting> all = Arrays.asList(Setting.values());
        root.addSubcommand(with(all, new ServeCommand(runtime, surroundings, options)));
        root.addSubcommand(with(ADDRESS, new StatusCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new WatchCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new QueueCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new AddCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new RemoveCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new ProcessCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new PauseCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new ResumeCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new PlanCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new ShowCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new MoveCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new RunNowCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new RetryCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new HistoryCommand(surroundings, options)));
        root.addSubcommand(with(ADDRESS, new OutdatedCommand(surroundings, options)));
        root.addSubcommand(with(all, new CheckConfigCommand(runtime, surroundings, options)));
        root.addSubcommand(with(all, new DoctorCommand(runtime, surroundings, options)));
        root.addSubcommand(with(DATABASE, new BackupCommand(surroundings, options)));
        root.addSubcommand(with(DATABASE, new RestoreCommand(surroundings, options)));
        root.addSubcommand(with(NotifyRules.SETTINGS, new NotifyCommand(surroundings, options)));
        root.addSubcommand(with(DATABASE, new AdoptCommand(surroundings, options)));
        for (Object command : more) {
            root.addSubcommand(command);
        }
        root.addSubcommand(new VersionCommand(surroundings.terminal()));
        furnish(root);
        root.getSubcommands().values().forEach(this::furnish);
        return root;
    }

    /**
     * Executes a command line and ends the process with its exit code.
     *
     * @param commandLine made by {@link #commandLine}
     * @param arguments what was typed
     */
    public static void runAndExit(CommandLine commandLine, String... arguments) {
        System.exit(commandLine.execute(arguments));
    }

    private static CommandLine with(List<Setting> settings, Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().addMixin("settings", SettingOptions.flags(settings));
        return line;
    }

    private void furnish(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.mixinStandardHelpOptions(true).version(Version.CURRENT.line());
        spec.usageMessage()
                .autoWidth(true)
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.descriptions());
        line.setOut(surroundings.terminal().out());
        line.setErr(surroundings.terminal().err());
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
    }

    private int report(Exception failure) throws Exception {
        if (!(failure instanceof CommandFailure expected)) {
            throw failure;
        }
        String.valueOf(expected.getMessage())
                .lines()
                .forEach(line -> surroundings.terminal().err().println("ohhhllama: " + PlainText.of(line)));
        return expected.exitCode();
    }

    /** Does nothing by itself; picocli demands a command then. */
    @Command(
            name = "ohhhllama",
            description = "Queues Ollama's model downloads and fetches them off-peak.",
            synopsisSubcommandLabel = "COMMAND")
    static final class Root {}
}
