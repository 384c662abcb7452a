package io.github.ohhhllama.proxy.internal.json;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in Go's words why Moshi refused a body.
 *
 * <p>Whether a body is refused is decided before; an unfamiliar message of Moshi's costs no more than a less exact text.
 */
final class Malformation {

    private static final String TRUNCATED = "unexpected EOF";
    private static final String VALUE = "looking for beginning of value";

    /** Moshi's messages after which the character it did not like counts as consumed. */
    private static final List<String> TAKEN = List.of("Unterminated array", "Unterminated object", "Expected ':'");

    private static final String TAKEN_CHARACTERS = "=';";
    private static final Pattern NUMBER =
            Pattern.compile("(-?)((?:0|[1-9][0-9]*)?)((?:\\.[0-9]*)?)((?:[eE][+-]?[0-9]*)?)");

    private final byte[] body;
    private final int culprit;
    private final String message;

    private Malformation(byte[] body, int culprit, String message) {
        this.body = body;
        this.culprit = culprit;
        this.message = message;
    }

    /**
     * Returns the exception to throw.
     *
     * @param consumed how many bytes Moshi took before it refused
     * @param refusal what it threw
     * @throws BadBodyException if the cause lies in what was consumed before
     */
    static BadBodyException describe(byte[] body, int consumed, IOException refusal) throws BadBodyException {
        String message = Objects.requireNonNullElse(refusal.getMessage(), "");
        if (message.startsWith("Unterminated string") || refusal instanceof EOFException) {
            Lexis.check(body, body.length);
            return new BadBodyException(TRUNCATED);
        }
        boolean took = TAKEN.stream().anyMatch(message::startsWith)
                || (consumed > 0 && TAKEN_CHARACTERS.indexOf(body[consumed - 1]) >= 0);
        int culprit = took ? consumed - 1 : consumed;
        Lexis.check(body, culprit);
        if (culprit == body.length) {
            return new BadBodyException(TRUNCATED);
        }
        return new Malformation(body, culprit, message).describe();
    }

    static BadBodyException unexpected(byte character, String where) {
        return new BadBodyException("invalid character " + quoted((char) (character & 0xFF)) + ' ' + where);
    }

    /**
     * Returns the keyword that begins with a letter.
     *
     * @throws BadBodyException if there is none
     */
    static String keyword(byte first) throws BadBodyException {
        return switch (first) {
            case 't' -> "true";
            case 'f' -> "false";
            case 'n' -> "null";
            default -> throw unexpected(first, VALUE);
        };
    }

    private BadBodyException describe() throws BadBodyException {
        if (message.startsWith("Unterminated array")) {
            return unexpected(body[culprit], "after array element");
        }
        if (message.startsWith("Unterminated object")) {
            return unexpected(body[culprit], "after object key:value pair");
        }
        char before = before();
        if (body[culprit] == ';' && " {[,:".indexOf(before) < 0) {
            return unexpected(body[culprit], afterValue());
        }
        if (before == '{' || (before == ',' && !message.endsWith("]"))) {
            return unexpected(body[culprit], "looking for beginning of object key string");
        }
        if (message.startsWith("Expected ':'") || (body[culprit] == '=' && before == '"')) {
            return unexpected(body[culprit], "after object key");
        }
        return literal();
    }

    /** Returns the last character before the one that was refused that is no white space. */
    private char before() {
        int before = culprit - 1;
        while (before >= 0 && Lexis.isSpace(body[before])) {
            before--;
        }
        return before < 0 ? ' ' : (char) (body[before] & 0xFF);
    }

    private BadBodyException literal() throws BadBodyException {
        byte first = body[culprit];
        if (first == '-' || (first >= '0' && first <= '9')) {
            return number();
        }
        String word = keyword(first);
        for (int i = 0; i < word.length(); i++) {
            if (culprit + i == body.length || body[culprit + i] != word.charAt(i)) {
                return unexpectedAt(culprit + i, "in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
        return unexpectedAt(culprit + word.length(), afterValue());
    }

    private BadBodyException number() {
        Matcher parts =
                NUMBER.matcher(new String(body, StandardCharsets.ISO_8859_1)).region(culprit, body.length);
        if (!parts.lookingAt() || parts.group(2).isEmpty()) {
            return unexpectedAt(culprit + 1, "in numeric literal");
        }
        if (parts.group(3).equals(".")) {
            return unexpectedAt(parts.end(3), "after decimal point in numeric literal");
        }
        if (!parts.group(4).isEmpty() && !Character.isDigit(body[parts.end(4) - 1])) {
            return unexpectedAt(parts.end(4), "in exponent of numeric literal");
        }
        return unexpectedAt(parts.end(), afterValue());
    }

    private String afterValue() {
        if (message.endsWith("]")) {
            return "after array element";
        }
        return message.endsWith("$") ? "after top-level value" : "after object key:value pair";
    }

    private BadBodyException unexpectedAt(int index, String where) {
        return index < body.length ? unexpected(body[index], where) : new BadBodyException(TRUNCATED);
    }

    private static String quoted(char character) {
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
