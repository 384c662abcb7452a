package io.github.ohhhllama.proxy.internal.terminal;

/**
 * Colours words for people who see colours. A coloured text is longer than it looks, so it is cut before.
 *
 * @param on whether there are colours at all
 */
public record Colours(boolean on) {

    private static final int BOLD = 1;
    private static final int RED = 31;
    private static final int GREEN = 32;
    private static final int YELLOW = 33;

    /**
     * Returns the text as what works.
     *
     * @param text without control characters
     */
    public String good(String text) {
        return drawn(GREEN, text);
    }

    /**
     * Returns the text as what works in part.
     *
     * @param text without control characters
     */
    public String poor(String text) {
        return drawn(YELLOW, text);
    }

    /**
     * Returns the text as what does not work.
     *
     * @param text without control characters
     */
    public String bad(String text) {
        return drawn(RED, text);
    }

    /**
     * Returns the text as what it is about.
     *
     * @param text without control characters
     */
    public String label(String text) {
        return drawn(BOLD, text);
    }

    private String drawn(int rendition, String text) {
        return on ? "\u001b[" + rendition + 'm' + text + "\u001b[0m" : text;
    }
}
