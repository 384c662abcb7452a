package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.json.OutdatedView;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient.Answer;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.proxy.internal.terminal.Table;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what could be newer. */
@Command(name = "outdated", description = "Lists the installed models of which there is a newer version.")
final class OutdatedCommand implements Callable<Integer> {

    private static final int DIGITS = 12;

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    OutdatedCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Answer<OutdatedView> answer = options.client(settings).show("/api/queue/outdated", ApiJson::outdated);
        options.print(surroundings.terminal(), answer, this::lines);
        return ExitCode.OK;
    }

    private List<String> lines(OutdatedView view) {
        if (view.outdated().isEmpty()) {
            return List.of("No newer version is known of any model that is here.");
        }
        Table table = new Table(0, Set.of(1), "MODEL", "SIZE", "INSTALLED", "NEWEST", "PINNED");
        view.outdated()
                .forEach(model -> table.add(
                        model.model(),
                        Amounts.size(model.size()),
                        digits(model.installedDigest()),
                        digits(model.newestDigest()),
                        model.pinned() ? "yes" : "no"));
        return table.lines(surroundings.terminal().width());
    }

    private static String digits(@Nullable String digest) {
        return digest == null ? "-" : digest.substring(0, Math.min(DIGITS, digest.length()));
    }
}
