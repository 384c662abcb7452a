package io.github.ohhhllama.proxy.internal.settings;

import java.util.regex.Pattern;

/** Reads a whole number within bounds. */
final class WholeNumber {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private WholeNumber() {}

    /**
     * Parses decimal digits.
     *
     * @throws UnexpectedTextException if it is not a number from {@code lowest} to {@code highest}
     */
    static int parse(String text, int lowest, int highest, String what) {
        long number = DIGITS.matcher(text).matches() ? Long.parseLong(text) : -1;
        if (number < lowest || number > highest) {
            throw new UnexpectedTextException(what + " from " + lowest + " to " + highest);
        }
        return (int) number;
    }
}
