package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.Page;
import io.github.ohhhllama.proxy.internal.json.QueueView;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.EntryText;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient.Answer;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the queue. */
@Command(name = "queue", description = "Shows what waits, what is being downloaded, and what ended last.")
final class QueueCommand implements Callable<Integer> {

    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    @Option(names = "--watch", description = "Keeps showing it until Ctrl-C; where nobody looks, whenever it changed.")
    private boolean watch;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many entries at most, 1 to 1000.")
    private int limit;

    @Option(
            names = "--offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many entries to leave out before.")
    private int offset;

    QueueCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Page page = page();
        ProxyClient client = options.client(settings);
        String shown = show(client.queue(page.limit(), page.offset()), "");
        while (watch) {
            try {
                surroundings.pause().take(REFRESH);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return ExitCode.OK;
            }
            shown = show(client.queue(page.limit(), page.offset()), shown);
        }
        return ExitCode.OK;
    }

    /** Returns what is shown now. */
    private String show(Answer<QueueView> answer, String before) {
        Terminal terminal = surroundings.terminal();
        String now = options.json() ? answer.body().strip() : text(answer.view());
        if (!options.quiet() && !now.equals(before)) {
            boolean redraw = watch && terminal.interactive() && !options.json();
            terminal.out().println(redraw ? HOME_AND_CLEAR + now : now);
            terminal.out().flush();
        }
        return now;
    }

    private String text(QueueView view) {
        List<String> lines = new EntryText(surroundings.clock().getZone())
                .table(view, surroundings.terminal().width());
        return String.join(System.lineSeparator(), lines);
    }

    private Page page() {
        try {
            return new Page(limit, offset);
        } catch (IllegalArgumentException outOfBounds) {
            throw new CommandFailure(ExitCode.USAGE, "--" + outOfBounds.getMessage());
        }
    }
}
