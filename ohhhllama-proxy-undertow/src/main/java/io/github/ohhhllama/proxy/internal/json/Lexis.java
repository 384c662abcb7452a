package io.github.ohhhllama.proxy.internal.json;

/** Refuses the spellings that Moshi accepts and Go's {@code encoding/json} does not, in Go's words. */
final class Lexis {

    private static final String ESCAPES = "\"\\/bfnrtu";

    private final byte[] body;
    private final int end;
    private int at;

    private Lexis(byte[] body, int end) {
        this.body = body;
        this.end = end;
    }

    /**
     * Checks the part of a body that Moshi has consumed.
     *
     * @param end where that part ends
     * @throws BadBodyException if a string holds a control character or an escape unknown to JSON, or if a keyword is not
     *     in lower case
     */
    static void check(byte[] body, int end) throws BadBodyException {
        new Lexis(body, end).check();
    }

    static boolean isSpace(byte each) {
        return each == ' ' || each == '\n' || each == '\t' || each == '\r';
    }

    private void check() throws BadBodyException {
        while (at < end) {
            byte each = body[at];
            if (each == '"') {
                at++;
                text();
            } else if (isLetter(each) && !isExponent()) {
                keyword();
            } else {
                at++;
            }
        }
    }

    private void text() throws BadBodyException {
        while (at < end) {
            byte each = body[at++];
            if (each == '"') {
                return;
            }
            if (each >= 0 && each < ' ') {
                throw Malformation.unexpected(each, "in string literal");
            }
            if (each == '\\' && at < end) {
                escape();
            }
        }
    }

    private void escape() throws BadBodyException {
        byte kind = body[at++];
        if (ESCAPES.indexOf(kind) < 0) {
            throw Malformation.unexpected(kind, "in string escape code");
        }
        for (int digits = kind == 'u' ? 4 : 0; digits > 0 && at < end; digits--) {
            byte digit = body[at++];
            if (Character.digit(digit, 16) < 0) {
                throw Malformation.unexpected(digit, "in \\u hexadecimal character escape");
            }
        }
    }

    private void keyword() throws BadBodyException {
        String word = Malformation.keyword(body[at]);
        for (int i = 0; i < word.length() && at < end; i++, at++) {
            if (body[at] != word.charAt(i)) {
                throw Malformation.unexpected(body[at], "in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
    }

    private boolean isExponent() {
        return at > 0 && body[at - 1] >= '0' && body[at - 1] <= '9';
    }

    private static boolean isLetter(byte each) {
        return (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z');
    }
}
