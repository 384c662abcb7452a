package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.json.HistoryView;
import io.github.ohhhllama.proxy.internal.json.HistoryView.Attempt;
import io.github.ohhhllama.proxy.internal.json.HistoryView.Tally;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient.Answer;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.proxy.internal.terminal.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what was downloaded. */
@Command(name = "history", description = "Shows what was downloaded, added up, and the attempts one by one.")
final class HistoryCommand implements Callable<Integer> {

    private static final Set<String> KEYS = Set.of("day", "model", "requester");

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            defaultValue = "day",
            description = "What to add up by: day, model or requester.")
    private String by = "day";

    @Option(names = "--days", paramLabel = "N", defaultValue = "30", description = "How many days to look back.")
    private int days;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many attempts at most.")
    private int limit;

    HistoryCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        String key = by.toLowerCase(Locale.ROOT);
        if (!KEYS.contains(key)) {
            throw new CommandFailure(ExitCode.USAGE, "--by is \"" + by + "\", expected day, model or requester");
        }
        Answer<HistoryView> answer = options.client(settings)
                .show("/api/history?by=" + key + "&days=" + days + "&limit=" + limit, ApiJson::history);
        options.print(surroundings.terminal(), answer, this::lines);
        return ExitCode.OK;
    }

    private List<String> lines(HistoryView history) {
        if (history.tallies().isEmpty()) {
            return List.of("Nothing was downloaded.");
        }
        int width = surroundings.terminal().width();
        List<String> lines = new ArrayList<>(tallies(history.tallies()).lines(width));
        if (!history.attempts().isEmpty()) {
            lines.add("");
            lines.addAll(attempts(history.attempts()).lines(width));
        }
        return lines;
    }

    private Table tallies(List<Tally> tallies) {
        Table table = new Table(
                0, Set.of(1, 2, 3, 4), by.toUpperCase(Locale.ROOT), "ATTEMPTS", "COMPLETED", "FAILED", "LOADED");
        for (Tally tally : tallies) {
            table.add(
                    tally.key(),
                    String.valueOf(tally.attempts()),
                    String.valueOf(tally.completed()),
                    String.valueOf(tally.failed()),
                    Amounts.size(tally.bytes()));
        }
        return table;
    }

    private Table attempts(List<Attempt> attempts) {
        Table table = new Table(5, Set.of(2, 3), "BEGAN", "TOOK", "LOADED", "RATE", "OUTCOME", "MODEL", "WHY");
        for (Attempt attempt : attempts) {
            table.add(
                    Amounts.local(attempt.from(), surroundings.clock().getZone()),
                    Amounts.time(Duration.between(attempt.from(), attempt.to())),
                    Amounts.size(attempt.bytes()),
                    Amounts.size(attempt.meanRate()) + "/s",
                    attempt.outcome(),
                    attempt.model(),
                    Objects.requireNonNullElse(attempt.words(), ""));
        }
        return table;
    }
}
