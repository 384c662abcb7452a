package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.Spot;
import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves an entry that waits. */
@Command(name = "move", description = "Moves an entry that waits.")
final class MoveCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    @Parameters(paramLabel = "ID", description = "The entry's number.")
    private long id;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private final Target target = new Target();

    /** Says where to. */
    static final class Target {

        @Option(names = "--first", description = "Before all others that wait.")
        private boolean first;

        @Option(names = "--before", paramLabel = "ID2", description = "Right before this entry.")
        private @Nullable Long before;

        @Option(
                names = "--priority",
                paramLabel = "PRIORITY",
                description = "Behind those of this priority: high, normal or low.")
        private @Nullable String priority;

        private Spot spot() {
            if (first) {
                return new Spot.First();
            }
            return before == null
                    ? new Spot.Among(PriorityOption.parse(Objects.requireNonNull(priority)))
                    : new Spot.Before(before);
        }
    }

    MoveCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        ActionReport report = new ActionReport(
                surroundings.terminal(), options, surroundings.clock().getZone());
        String body = ApiJson.move(target.spot());
        report.add("entry " + id, options.client(settings).act("/api/queue/" + id + "/move", body));
        return report.exitCode();
    }
}
