package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a pause. */
@Command(name = "resume", description = "Ends a pause made by hand, and no other reason to wait.")
final class ResumeCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    ResumeCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        ActionReport report = new ActionReport(
                surroundings.terminal(), options, surroundings.clock().getZone());
        report.add("resume", options.client(settings).act("/api/queue/resume", "{}"));
        return report.exitCode();
    }
}
