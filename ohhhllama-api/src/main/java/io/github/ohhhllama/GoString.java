package io.github.ohhhllama;

import java.util.Locale;

/** Treats text as Go's standard library does, where Java's does otherwise. */
final class GoString {

    /** What {@code unicode.IsSpace} accepts, unlike every notion of white space that Java has. */
    private static final String SPACE = "\t\n\u000B\f\r \u0085\u00A0\u1680"
            + "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    private GoString() {}

    /** Returns the text without white space around it, as {@code strings.TrimSpace} does. */
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && SPACE.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && SPACE.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Returns the text in double quotes and escaped, as {@code fmt.Sprintf("%q")} does. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> quoted.append(escape(c)));
        return quoted.append('"').toString();
    }

    private static String escape(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case 0x07 -> "\\a";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case 0x0B -> "\\v";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            default -> isPrint(c) ? Character.toString(c) : hex(c);
        };
    }

    private static String hex(int c) {
        if (c < ' ' || c == 0x7F) {
            return String.format(Locale.ROOT, "\\x%02x", c);
        }
        return String.format(Locale.ROOT, c < Character.MIN_SUPPLEMENTARY_CODE_POINT ? "\\u%04x" : "\\U%08x", c);
    }

    /** Tells what {@code strconv.IsPrint} does: letters, marks, numbers, punctuation, symbols and the plain space. */
    private static boolean isPrint(int c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR -> c == ' ';
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
