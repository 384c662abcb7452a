package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.Page;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.Changes;
import io.github.ohhhllama.proxy.internal.remote.Overview;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient;
import io.github.ohhhllama.proxy.internal.remote.StatusText;
import io.github.ohhhllama.proxy.internal.terminal.LiveScreen;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Keeps showing everything on one screen. */
@Command(
        name = "watch",
        description = "Keeps showing what \"status\" shows until Ctrl-C; where nobody looks, a line for each change."
                + " Goes on when the proxy is started anew.")
final class WatchCommand implements Callable<Integer> {

    private static final Duration REFRESH = Duration.ofSeconds(1);

    /** What is on the screen beside the waiting entries. */
    private static final int OTHER_LINES = 20;

    private static final int LEAST_WAITING = 2;
    private static final int MOST_WAITING = 50;
    private static final String USUAL_RENDITION = "\u001b[0m";

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    WatchCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    /** Shows one look at the proxy after the other. */
    private interface View {

        void show(Overview overview);

        void lost(String why);
    }

    @Override
    public Integer call() {
        ProxyClient client = options.client(settings);
        View view = view();
        view.show(Overview.of(client, Page.MOST));
        // Without somebody at the other end of the pipe there is nothing to go on for.
        while (!surroundings.terminal().out().checkError() && pause()) {
            look(client, view);
        }
        return ExitCode.OK;
    }

    private static void look(ProxyClient client, View view) {
        Overview overview;
        try {
            overview = Overview.of(client, Page.MOST);
        } catch (CommandFailure lost) {
            view.lost(String.valueOf(lost.getMessage()));
            return;
        }
        view.show(overview);
    }

    private View view() {
        if (!options.talks()) {
            return new Lines();
        }
        return surroundings.terminal().interactive() ? screen() : new Log();
    }

    private View screen() {
        Terminal terminal = surroundings.terminal();
        surroundings.stopSignal().onStop(() -> {
            // The shell writes its prompt right behind what the terminal shows for Ctrl-C.
            terminal.out().println(USUAL_RENDITION);
            terminal.out().flush();
        });
        return new Screen(new LiveScreen(terminal));
    }

    private boolean pause() {
        try {
            surroundings.pause().take(REFRESH);
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void print(String line) {
        surroundings.terminal().out().println(line);
        surroundings.terminal().out().flush();
    }

    /** Draws the same screen anew, for people. */
    private final class Screen implements View {

        private final LiveScreen screen;

        Screen(LiveScreen screen) {
            this.screen = screen;
        }

        @Override
        public void show(Overview overview) {
            Terminal terminal = surroundings.terminal();
            int most = Math.max(LEAST_WAITING, Math.min(MOST_WAITING, terminal.height() - OTHER_LINES));
            screen.draw(new StatusText(surroundings.clock(), surroundings.colours(), terminal.width())
                    .lines(overview, most));
        }

        @Override
        public void lost(String why) {
            int width = Math.max(1, surroundings.terminal().width());
            screen.draw(List.of(
                    surroundings.colours().bad(PlainText.cut("The proxy does not answer; it is asked again.", width)),
                    PlainText.cut(PlainText.of(why), width)));
        }
    }

    /** Writes a line for each change, with the time, for files and pipes. */
    private final class Log implements View {

        private final Changes changes = new Changes(surroundings.clock().getZone());

        @Override
        public void show(Overview overview) {
            write(changes.since(overview));
        }

        @Override
        public void lost(String why) {
            write(changes.lost(why));
        }

        private void write(List<String> lines) {
            String now = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(surroundings
                    .clock()
                    .instant()
                    .truncatedTo(ChronoUnit.SECONDS)
                    .atZone(surroundings.clock().getZone()));
            lines.forEach(line -> print(now + ' ' + PlainText.of(line)));
        }
    }

    /** Writes the proxy's JSON on one line whenever it changed, for scripts. */
    private final class Lines implements View {

        private String shown = "";

        @Override
        public void show(Overview overview) {
            String now = overview.json();
            if (options.json() && !options.quiet() && !now.equals(shown)) {
                print(now);
            }
            shown = now;
        }

        @Override
        public void lost(String why) {
            shown = "";
        }
    }
}
