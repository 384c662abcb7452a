package io.github.ohhhllama.proxy.internal.json;

/** Tells characters beyond ASCII from bytes that are none (RFC 3629 §4). */
final class Utf8 {

    private static final int LOWEST_CONTINUATION = 0x80;
    private static final int HIGHEST_CONTINUATION = 0xBF;

    private Utf8() {}

    /** Returns how many bytes the character beyond ASCII has that begins at an index, or 0 if none does. */
    static int length(byte[] text, int at) {
        int first = text[at] & 0xFF;
        if (first >= 0xC2 && first <= 0xDF) {
            return isContinuation(text, at + 1) ? 2 : 0;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            int least = first == 0xE0 ? 0xA0 : LOWEST_CONTINUATION;
            int most = first == 0xED ? 0x9F : HIGHEST_CONTINUATION;
            return isBetween(text, at + 1, least, most) && isContinuation(text, at + 2) ? 3 : 0;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            int least = first == 0xF0 ? 0x90 : LOWEST_CONTINUATION;
            int most = first == 0xF4 ? 0x8F : HIGHEST_CONTINUATION;
            return isBetween(text, at + 1, least, most) && isContinuation(text, at + 2) && isContinuation(text, at + 3)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean isContinuation(byte[] text, int at) {
        return isBetween(text, at, LOWEST_CONTINUATION, HIGHEST_CONTINUATION);
    }

    private static boolean isBetween(byte[] text, int at, int least, int most) {
        return at < text.length && (text[at] & 0xFF) >= least && (text[at] & 0xFF) <= most;
    }
}
