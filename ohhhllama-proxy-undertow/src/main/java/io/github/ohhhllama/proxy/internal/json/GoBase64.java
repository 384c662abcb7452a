package io.github.ohhhllama.proxy.internal.json;

/** Finds what Go 1.26's {@code base64.StdEncoding} would not decode: it skips line ends and wants padding. */
final class GoBase64 {

    /** Says that there is no fault. */
    static final int NONE = -1;

    private static final int QUANTUM = 4;

    private final String text;
    private int at;

    private GoBase64(String text) {
        this.text = text;
    }

    /** Returns the index that Go gives for what it cannot decode in a text, or {@link #NONE}. */
    static int fault(String text) {
        return new GoBase64(text).fault();
    }

    private int fault() {
        while (true) {
            for (int digits = 0; digits < QUANTUM; digits++) {
                skipLineEnds();
                if (at == text.length()) {
                    return digits == 0 ? NONE : at - digits;
                }
                char each = text.charAt(at++);
                if (each == '=') {
                    return padding(digits);
                }
                if (!isDigit(each)) {
                    return at - 1;
                }
            }
        }
    }

    /** Looks at what follows the first {@code =}. */
    private int padding(int digits) {
        if (digits < 2) {
            return at - 1;
        }
        skipLineEnds();
        if (digits == 2) {
            if (at == text.length()) {
                return at;
            }
            if (text.charAt(at) != '=') {
                return at - 1;
            }
            at++;
            skipLineEnds();
        }
        return at == text.length() ? NONE : at;
    }

    private void skipLineEnds() {
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
        }
    }

    private static boolean isDigit(char each) {
        return (each >= 'A' && each <= 'Z')
                || (each >= 'a' && each <= 'z')
                || (each >= '0' && each <= '9')
                || each == '+'
                || each == '/';
    }
}
