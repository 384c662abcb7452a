package io.github.ohhhllama.proxy.internal.cli;

import java.util.concurrent.Callable;
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
        boolean started = report.add("process", client.process());
        return started && wait ? queueWait.untilAtRest() : report.exitCode();
    }
}
