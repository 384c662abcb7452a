package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the queue. */
@Command(name = "process", description = "Starts the queue now instead of at the next start of the schedule.")
final class ProcessCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    @Option(names = "--wait", description = "Waits until nothing is left to try now, and shows the progress.")
    private boolean wait;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description = "When it ends: 06:00, 2h, or 2026-11-24T06:00:00Z. Else when nothing is left to try.")
    private @Nullable String until;

    ProcessCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        ProxyClient client = options.client(settings);
        QueueWait queueWait = new QueueWait(client, surroundings, options.talks());
        if (wait) {
            queueWait.remember();
        }
        ActionReport report = new ActionReport(
                surroundings.terminal(), options, surroundings.clock().getZone());
        boolean started = report.add("process", client.act("/api/queue/process", ApiJson.until(until)));
        return started && wait ? queueWait.untilAtRest() : report.exitCode();
    }
}
