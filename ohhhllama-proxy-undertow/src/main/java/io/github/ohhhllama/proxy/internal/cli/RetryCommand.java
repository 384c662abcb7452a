package io.github.ohhhllama.proxy.internal.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives an entry another chance. */
@Command(name = "retry", description = "Gives an entry another chance that failed, or pauses after a failed attempt.")
final class RetryCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    @Parameters(paramLabel = "ID", description = "The entry's number.")
    private long id;

    RetryCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        ActionReport report = new ActionReport(
                surroundings.terminal(), options, surroundings.clock().getZone());
        report.add("entry " + id, options.client(settings).act("/api/queue/" + id + "/retry", "{}"));
        return report.exitCode();
    }
}
