package io.github.ohhhllama.examples;

import io.github.ohhhllama.proxy.internal.terminal.LiveLine;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Shows the demo: with colours and a line that moves before a person, plain and line by line elsewhere. */
final class DemoScreen {

    private static final String LLAMA = """

               (\\(\\
               ( ^.^)    ohhhllama
               (     )~~~~~~)    a day and a night in half a minute
                 |  |    |  |
            """;
    private static final String INDENT = "  ";
    private static final int NARROWEST = 20;

    private final PrintWriter out;
    private final LiveLine live;
    private final Ansi ansi;
    private final int width;

    /**
     * Creates a screen; nothing is shown yet.
     *
     * @param terminal where to show it; all of it is output
     */
    DemoScreen(Terminal terminal) {
        out = terminal.out();
        // Asked once, as the answer costs a process.
        width = terminal.width();
        live = new LiveLine(new Terminal(out, out, terminal.interactive(), () -> width));
        ansi = terminal.interactive() ? Ansi.AUTO : Ansi.OFF;
    }

    /** Draws the title. */
    void title() {
        out.println(ansi.string("@|bold " + LLAMA + "|@"));
    }

    /**
     * Begins a part.
     *
     * @param name its name
     */
    void part(String name) {
        live.clear();
        out.println();
        out.println(ansi.string("@|bold,cyan == " + name + " ==|@"));
    }

    /**
     * Tells something.
     *
     * @param text one line
     */
    void say(String text) {
        live.say(text);
    }

    /**
     * Shows what somebody types.
     *
     * @param text with the prompt
     */
    void prompt(String text) {
        live.clear();
        out.println();
        out.println(ansi.string("@|bold,yellow " + text + "|@"));
    }

    /**
     * Shows a line that came back.
     *
     * @param line broken where it is wider than the window
     */
    void answer(String line) {
        String rest = PlainText.of(line);
        int room = Math.max(NARROWEST, width - INDENT.length() - 1);
        while (rest.length() > room) {
            int end = seam(rest, room);
            out.println(INDENT + rest.substring(0, end).stripTrailing());
            rest = rest.substring(end);
        }
        out.println(INDENT + rest);
    }

    /**
     * Shows a token as it comes.
     *
     * @param text not the whole line
     */
    void token(String text) {
        out.print(text);
        out.flush();
    }

    /** Ends a line of tokens. */
    void endOfTokens() {
        out.println();
    }

    /**
     * Shows the state of things, which the next state replaces.
     *
     * @param text the newest state
     * @param step names the step; where nobody looks a line is written only when it changes
     */
    void state(String text, String step) {
        live.show(text, step);
    }

    /** Takes the line that moves away. */
    void clear() {
        live.clear();
    }

    /** Returns the last place where a line may be broken: after a space or a comma, if there is one. */
    private static int seam(String text, int room) {
        int last = Math.max(text.lastIndexOf(' ', room - 1), text.lastIndexOf(',', room - 1));
        return last < room / 2 ? room : last + 1;
    }
}
