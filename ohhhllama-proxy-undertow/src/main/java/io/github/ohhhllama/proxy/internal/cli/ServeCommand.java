package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.OhhhllamaException;
import io.github.ohhhllama.proxy.internal.ollama.OllamaNeighbour;
import io.github.ohhhllama.proxy.internal.ollama.Partials;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Logging;
import io.github.ohhhllama.proxy.internal.process.Notices;
import io.github.ohhhllama.proxy.internal.process.OrderlyStop;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.serve.ListenFailure;
import io.github.ohhhllama.proxy.internal.serve.ProxyRuntime;
import io.github.ohhhllama.proxy.internal.serve.Reload;
import io.github.ohhhllama.proxy.internal.serve.RunningProxy;
import io.github.ohhhllama.proxy.internal.serve.StartMessage;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.proxy.internal.settings.Settings;
import io.github.ohhhllama.proxy.internal.systemd.ServiceManager;
import io.github.ohhhllama.proxy.internal.systemd.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the proxy until the process shall end. */
@Command(name = "serve", description = "Runs the proxy.")
final class ServeCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ProxyRuntime runtime;
    private final Surroundings surroundings;
    private final SettingOptions options;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--with-ollama",
            description = "Runs this machine's own \"ollama serve\" behind the proxy, and ends it with it.")
    private boolean withOllama;

    ServeCommand(ProxyRuntime runtime, Surroundings surroundings, SettingOptions options) {
        this.runtime = runtime;
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() {
        Settings read = settings();
        ProxySettings settings = read.valid().orElseThrow(() -> SettingOptions.failure(read.problems()));
        Notices notices = new Notices(
                surroundings.terminal(),
                Logging.isJson(read.value(Setting.LOG_FORMAT).text()));
        read.notices().forEach(notices::say);
        OrderlyStop stop = new OrderlyStop(
                PATIENCE, notices::say, () -> Runtime.getRuntime().halt(ExitCode.FAILED));
        try {
            // First, so that whatever starts from here on is ended, however early the signal comes.
            surroundings.stopSignal().onStop(stop);
            serve(read, settings, stop, notices);
            stop.await();
            return ExitCode.OK;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stop.run();
            return ExitCode.FAILED;
        }
    }

    private void serve(Settings read, ProxySettings settings, OrderlyStop stop, Notices notices) {
        try {
            boolean ours = withOllama && new OllamaNeighbour(surroundings, notices).accompany(settings.backend(), stop);
            Supplier<Partials> partials = ours ? () -> Partials.KEPT : () -> runtime.partials(settings);
            RunningProxy proxy = runtime.start(settings, partials);
            stop.add(proxy::close);
            stop.announce(() -> notices.say("Stopping; answers that are under way may end first."));
            new StartMessage(settings, proxy, partials.get()).lines().forEach(notices::say);
            Optional<ServiceManager> manager = ServiceManager.of(surroundings.environment());
            hear(new Reload(read, this::settings, proxy::reconfigure, notices::say, manager), stop);
            manager.ifPresent(systemd -> report(systemd, proxy, stop));
        } catch (IOException | RuntimeException failed) {
            stop.run();
            throw explained(failed, settings);
        }
    }

    /** At a terminal a hang-up means that the person has left; a service is told by it to read its settings again. */
    private void hear(Reload reload, OrderlyStop stop) {
        if (!surroundings.terminal().interactive()) {
            stop.announce(reload::close);
            surroundings.stopSignal().onHangUp(reload);
        }
    }

    private Settings settings() {
        return options.read(command.commandLine().getParseResult());
    }

    private static void report(ServiceManager manager, RunningProxy proxy, OrderlyStop stop) {
        stop.announce(manager::stopping);
        manager.ready();
        manager.watchdog()
                .map(timeout -> Watchdog.start(manager, timeout, proxy.address()))
                .ifPresent(watchdog -> stop.announce(watchdog::close));
    }

    private static RuntimeException explained(Exception failed, ProxySettings settings) {
        if (failed instanceof CommandFailure failure) {
            return failure;
        }
        return ListenFailure.explain(failed, settings.listen())
                .map(message -> new CommandFailure(ExitCode.FAILED, message))
                .orElseGet(() -> {
                    boolean planned = failed instanceof OhhhllamaException || failed instanceof IOException;
                    return new CommandFailure(
                            ExitCode.FAILED,
                            "the proxy did not start: " + (planned ? failed.getMessage() : failed.toString()));
                });
    }
}
