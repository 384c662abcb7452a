package io.github.ohhhllama.proxy.internal.terminal;

import java.util.List;

/**
 * Draws lines again and again in the same place of a terminal. It changes no mode of the terminal, so whoever ends the
 * program, in whatever way, finds it as it was. Not thread-safe.
 */
public final class LiveScreen {

    private static final String ESCAPE = "\u001b[";
    private static final char UP = 'A';
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    private final Terminal terminal;
    private int drawn;
    private int width;

    /**
     * Creates a screen on which nothing is drawn yet.
     *
     * @param terminal one at which a person looks
     */
    public LiveScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Draws the lines over those that were drawn last; what is below the last line of the window is left out.
     *
     * @param lines not wider than the window
     */
    public void draw(List<String> lines) {
        int now = terminal.width();
        StringBuilder frame = new StringBuilder();
        if (drawn > 0) {
            // In another width the old lines were wrapped, and nobody knows how many there are.
            frame.append(now == width ? '\r' + ESCAPE + drawn + UP : HOME_AND_CLEAR);
        }
        List<String> visible = lines.subList(0, Math.min(lines.size(), Math.max(1, terminal.height() - 1)));
        visible.forEach(line -> frame.append(line).append(CLEAR_TO_END_OF_LINE).append(System.lineSeparator()));
        terminal.out().print(frame.append(CLEAR_BELOW));
        terminal.out().flush();
        drawn = visible.size();
        width = now;
    }
}
