package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.Plan;
import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient.Answer;
import io.github.ohhhllama.proxy.internal.terminal.Timeline;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Draws the next nights. */
@Command(name = "plan", description = "Draws the next nights: what runs when, and when it will be there.")
final class PlanCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    PlanCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Answer<Plan> answer = options.client(settings).show("/api/queue/plan", ApiJson::plan);
        options.print(surroundings.terminal(), answer, this::lines);
        return ExitCode.OK;
    }

    private List<String> lines(Plan plan) {
        List<String> lines = new Timeline(plan, surroundings.clock().getZone(), Timeline.Stroke.UNICODE)
                .lines(surroundings.terminal().width());
        return lines.isEmpty() ? List.of("Nothing is to be done.") : lines;
    }
}
