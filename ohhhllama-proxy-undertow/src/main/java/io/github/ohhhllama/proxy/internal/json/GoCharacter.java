package io.github.ohhhllama.proxy.internal.json;

import java.util.Locale;

/** Writes bytes as Go's {@code encoding/json} writes them into its messages: each is taken for a character of Latin-1. */
final class GoCharacter {

    private GoCharacter() {}

    /** Returns a byte between single quotes. */
    static String quoted(byte octet) {
        char character = (char) (octet & 0xFF);
        return switch (character) {
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            case '\u0007' -> "'\\a'";
            case '\b' -> "'\\b'";
            case '\f' -> "'\\f'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            case '\u000B' -> "'\\v'";
            default -> '\'' + printable(character) + '\'';
        };
    }

    private static String printable(char character) {
        if (character < ' ' || character == 0x7F) {
            return String.format(Locale.ROOT, "\\x%02x", (int) character);
        }
        if (character > 0x7F && (character <= 0xA0 || character == 0xAD)) {
            return String.format(Locale.ROOT, "\\u%04x", (int) character);
        }
        return String.valueOf(character);
    }
}
