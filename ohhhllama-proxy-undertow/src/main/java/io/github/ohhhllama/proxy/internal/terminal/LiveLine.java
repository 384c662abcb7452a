package io.github.ohhhllama.proxy.internal.terminal;

/**
 * Shows what is going on: before a person one line that is drawn anew in place, else a plain line for each step. Not
 * thread-safe.
 */
public final class LiveLine {

    private static final String CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private String step = "";
    private boolean drawn;

    /**
     * Creates a line; nothing is shown yet.
     *
     * @param terminal where to show it, on its error side, so that the output stays clean
     */
    public LiveLine(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Shows the state of things.
     *
     * @param text the newest state
     * @param newStep names the step; where nobody looks a line is written only when it changes
     */
    public void show(String text, String newStep) {
        if (terminal.interactive()) {
            terminal.err().print(CLEAR + PlainText.cut(PlainText.of(text), Math.max(1, terminal.width() - 1)));
            terminal.err().flush();
            drawn = true;
        } else if (!newStep.equals(step)) {
            terminal.err().println(PlainText.of(text));
            terminal.err().flush();
        }
        step = newStep;
    }

    /**
     * Writes a line that stays, above the one that moves.
     *
     * @param text what happened
     */
    public void say(String text) {
        clear();
        terminal.err().println(PlainText.of(text));
        terminal.err().flush();
    }

    /** Takes the line that moves away. */
    public void clear() {
        if (drawn) {
            terminal.err().print(CLEAR);
            terminal.err().flush();
            drawn = false;
        }
    }
}
