package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes models off the queue. */
@Command(name = "remove", description = "Takes models off the queue; a running download is cancelled for good.")
final class RemoveCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    @Parameters(arity = "0..*", paramLabel = "MODEL", description = "What to take off, in any spelling.")
    private List<String> models = List.of();

    @Option(names = "--id", paramLabel = "ID", description = "An entry's number instead; may be repeated.")
    private List<Long> ids = List.of();

    RemoveCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (models.isEmpty() && ids.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "nothing to remove: name a MODEL, or an entry by --id ID");
        }
        ProxyClient client = options.client(settings);
        ActionReport report = new ActionReport(
                surroundings.terminal(), options, surroundings.clock().getZone());
        models.forEach(model -> report.add(model, client.remove(model)));
        ids.forEach(id -> report.add("entry " + id, client.remove(id)));
        return report.exitCode();
    }
}
