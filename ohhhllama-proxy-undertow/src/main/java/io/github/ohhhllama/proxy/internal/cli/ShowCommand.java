package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.json.QueueView.Entry;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.EntryText;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient.Answer;
import io.github.ohhhllama.proxy.internal.remote.StoryText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one entry. */
@Command(name = "show", description = "Shows an entry and its story: attempts, pauses, and why.")
final class ShowCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    @Parameters(paramLabel = "ID", description = "The entry's number.")
    private long id;

    ShowCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Answer<Entry> answer = options.client(settings).show("/api/queue/" + id, ApiJson::entry);
        StoryText text = new StoryText(new EntryText(surroundings.clock().getZone()));
        options.print(surroundings.terminal(), answer, text::lines);
        return ExitCode.OK;
    }
}
