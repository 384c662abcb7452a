package io.github.ohhhllama.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the little JSON that the test kit needs without a library.
 *
 * <p>Objects become {@link Map}, arrays {@link List}, numbers {@link Double}, the rest what one expects.
 */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads an object; what follows it is ignored, as Go does.
     *
     * @throws IllegalArgumentException if the text does not begin with a JSON object
     */
    static Map<String, @Nullable Object> read(String text) {
        Json json = new Json(text);
        json.skipSpace();
        if (!json.take('{')) {
            throw new IllegalArgumentException("expected a JSON object, was \"" + text + '"');
        }
        return json.object();
    }

    /** Writes an object from keys and values in turn. */
    static String object(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return write(fields);
    }

    /** Writes any value that {@link #read} could have returned. */
    static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    private static void append(StringBuilder out, @Nullable Object value) {
        if (value instanceof String string) {
            quote(out, string);
        } else if (value instanceof Map<?, ?> fields) {
            String separator = "{";
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                out.append(separator);
                quote(out, String.valueOf(field.getKey()));
                append(out.append(':'), field.getValue());
                separator = ",";
            }
            out.append(fields.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> elements) {
            String separator = "[";
            for (Object element : elements) {
                append(out.append(separator), element);
                separator = ",";
            }
            out.append(elements.isEmpty() ? "[]" : "]");
        } else {
            out.append(value);
        }
    }

    private static void quote(StringBuilder out, String string) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == '<' || c == '>' || c == '&') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        skipSpace();
        while (!take('}')) {
            skipSpace();
            expect('"');
            String key = string();
            skipSpace();
            expect(':');
            fields.put(key, value());
            skipSpace();
            take(',');
            skipSpace();
        }
        return fields;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> elements = new ArrayList<>();
        skipSpace();
        while (!take(']')) {
            elements.add(value());
            skipSpace();
            take(',');
            skipSpace();
        }
        return elements;
    }

    private @Nullable Object value() {
        skipSpace();
        if (take('{')) {
            return object();
        }
        if (take('[')) {
            return array();
        }
        if (take('"')) {
            return string();
        }
        return literal();
    }

    private @Nullable Object literal() {
        int from = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(from, at);
        return switch (word) {
            case "null" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> Double.valueOf(word);
        };
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        while (!take('"')) {
            char c = next();
            out.append(c == '\\' ? escape() : c);
        }
        return out.toString();
    }

    private char escape() {
        char c = next();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                require(at <= text.length());
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char c) {
        boolean here = at < text.length() && text.charAt(at) == c;
        if (here) {
            at++;
        }
        return here;
    }

    private void expect(char c) {
        require(take(c));
    }

    private char next() {
        require(at < text.length());
        return text.charAt(at++);
    }

    private void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("unexpected JSON at position " + at + " of \"" + text + '"');
        }
    }
}
