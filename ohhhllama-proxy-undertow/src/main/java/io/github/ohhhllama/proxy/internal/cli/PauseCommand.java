package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pauses the queue. */
@Command(
        name = "pause",
        description = "Pauses the queue, window or not; the running download goes back to its place with what it has.")
final class PauseCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description = "When it ends by itself: 06:00, 2h, or 2026-11-24T06:00:00Z. Else resume ends it.")
    private @Nullable String until;

    PauseCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        ActionReport report = new ActionReport(
                surroundings.terminal(), options, surroundings.clock().getZone());
        report.add("pause", options.client(settings).act("/api/queue/pause", ApiJson.until(until)));
        return report.exitCode();
    }
}
