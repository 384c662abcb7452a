package io.github.ohhhllama.proxy.internal.terminal;

/** Makes text safe to show. */
public final class PlainText {

    private static final String ELLIPSIS = "…";

    private PlainText() {}

    /**
     * Returns the text on one line and without control characters, which could do things to a terminal.
     *
     * @param text what others wrote
     */
    public static String of(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").stripTrailing();
    }

    /**
     * Returns the text, cut to a width.
     *
     * @param text without control characters
     * @param width how many characters at most, 1 or more
     */
    public static String cut(String text, int width) {
        if (text.codePointCount(0, text.length()) <= width) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, width - 1)) + ELLIPSIS;
    }
}
