package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.Overview;
import io.github.ohhhllama.proxy.internal.remote.StatusText;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows everything on one screen. */
@Command(
        name = "status",
        description =
                "Shows on one screen what runs, what waits and why, the next window, the disk, and how all of it is."
                        + " Ends with 0 if it is healthy, 6 if degraded, 1 if unhealthy.")
final class StatusCommand implements Callable<Integer> {

    private static final int MOST_WAITING = 10;

    /** One more may be running. */
    private static final int MOST_ACTIVE = MOST_WAITING + 1;

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    StatusCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        Overview overview = Overview.of(options.client(settings), MOST_ACTIVE);
        Terminal terminal = surroundings.terminal();
        if (options.json() && !options.quiet()) {
            terminal.out().println(overview.json());
        }
        if (options.talks()) {
            new StatusText(surroundings.clock(), surroundings.colours(), terminal.width())
                    .lines(overview, MOST_WAITING)
                    .forEach(terminal.out()::println);
        }
        return ExitCode.of(overview.status());
    }
}
