package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import okio.Buffer;
import okio.BufferedSink;

/**
 * Is one JSON value in a text that {@link GoScanner} has judged. Nothing of it is read before it is asked for, so that what
 * Ollama ignores costs nothing, however long or deep it is; and nothing is lost: numbers are as they were written.
 *
 * <p>Immutable, as long as nobody changes the text.
 */
final class JsonText {

    private static final char REPLACEMENT = '\uFFFD';

    /** Names the kinds of values in the words of Go's error messages. */
    enum Kind {
        OBJECT("object"),
        ARRAY("array"),
        STRING("string"),
        NUMBER("number"),
        BOOL("bool"),
        NULL("null");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Sees the members of an object, or the items of an array under empty names, one after the other. */
    @FunctionalInterface
    interface Visitor<E extends Exception> {

        /**
         * Sees one.
         *
         * @param name its name, an empty string for an item
         * @throws E if there is something against it
         */
        void visit(String name, JsonText value) throws E;
    }

    private final byte[] text;
    private final int from;
    private final int to;

    /** Takes a part of a text for a value. */
    JsonText(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
    }

    Kind kind() {
        return switch (text[from]) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't', 'f' -> Kind.BOOL;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }

    boolean is(Kind kind) {
        return kind() == kind;
    }

    /** Returns whether it is the literal {@code true}. */
    boolean isTrue() {
        return text[from] == 't';
    }

    /** Returns whether there is nothing in an object, array or string. */
    boolean isEmpty() {
        return to - from == 2;
    }

    /** Returns it as it is written. */
    String literal() {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /** Returns what a string says, as Go reads it: what belongs to no character is replaced, byte by byte. */
    String string() {
        Buffer json = new Buffer();
        for (int at = from; at < to; ) {
            int length = text[at] >= 0 ? 1 : Utf8.length(text, at);
            if (length == 0) {
                json.writeUtf8(String.valueOf(REPLACEMENT));
                at++;
            } else {
                json.write(text, at, length);
                at += length;
            }
        }
        try {
            return wellFormed(JsonReader.of(json).nextString());
        } catch (IOException impossible) {
            throw new UncheckedIOException("expected a string, as the scanner found it to be", impossible);
        }
    }

    /**
     * Shows what is in an object or array.
     *
     * @throws E if the visitor throws it
     */
    <E extends Exception> void each(Visitor<E> visitor) throws E {
        boolean named = is(Kind.OBJECT);
        int at = from + 1;
        while (at < to - 1) {
            String name = "";
            if (named) {
                int colon = end(at);
                name = new JsonText(text, at, colon).string();
                at = colon + 1;
            }
            int end = end(at);
            visitor.visit(name, new JsonText(text, at, end));
            at = end + 1;
        }
    }

    /** Returns the first number in it that no {@code float64} holds, however deep that lies, or an empty string. */
    String firstInfinity() {
        int at = from;
        while (at < to) {
            byte octet = text[at];
            int end = octet == '"' || isNumber(octet) ? end(at) : at + 1;
            if (isNumber(octet)) {
                String number = new JsonText(text, at, end).literal();
                if (Double.isInfinite(Double.parseDouble(number))) {
                    return number;
                }
            }
            at = end;
        }
        return "";
    }

    /**
     * Writes it.
     *
     * @throws IOException if the writer does
     */
    void writeTo(JsonWriter writer) throws IOException {
        try (BufferedSink sink = writer.valueSink()) {
            sink.write(text, from, to - from);
        }
    }

    /** Returns where the value ends that begins at an index. */
    private int end(int start) {
        byte first = text[start];
        if (first == '"') {
            return endOfString(start);
        }
        int at = start + 1;
        if (first == '{' || first == '[') {
            for (int levels = 1; levels > 0; ) {
                byte octet = text[at];
                levels += octet == '{' || octet == '[' ? 1 : octet == '}' || octet == ']' ? -1 : 0;
                at = octet == '"' ? endOfString(at) : at + 1;
            }
            return at;
        }
        while (at < to && text[at] != ',' && text[at] != ']' && text[at] != '}') {
            at++;
        }
        return at;
    }

    private int endOfString(int start) {
        int at = start + 1;
        while (text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static boolean isNumber(byte octet) {
        return octet == '-' || (octet >= '0' && octet <= '9');
    }

    /** Replaces lone surrogates, which an escape may bring in, as Go does. */
    private static String wellFormed(String text) {
        if (text.chars().noneMatch(each -> Character.isSurrogate((char) each))) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point <= Character.MAX_VALUE && Character.isSurrogate((char) point) ? REPLACEMENT : point)
                .forEach(result::appendCodePoint);
        return result.toString();
    }
}
