package io.github.ohhhllama.proxy.internal.json;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Declares the fields of one of Ollama's request types and fills them as Go's {@code encoding/json} does: names match in
 * any case, the last one in the text wins, null leaves most fields as they were, types are strict, other fields are ignored.
 */
final class GoStruct {

    private static final char LONG_S = '\u017F';
    private static final char KELVIN = '\u212A';

    private final String name;
    private final Map<String, GoType> fields = new LinkedHashMap<>();

    private GoStruct(String name) {
        this.name = name;
    }

    static GoStruct named(String name) {
        return new GoStruct(name);
    }

    GoStruct with(GoType type, String... names) {
        for (String each : names) {
            fields.put(each, type);
        }
        return this;
    }

    /**
     * Fills the fields from a body.
     *
     * @throws BadBodyException if the body holds no JSON object (nor null), or a field of a wrong type
     */
    Fields parse(byte[] body) throws BadBodyException {
        JsonValue value = FirstValue.read(body);
        if (value instanceof JsonValue.Null) {
            return new Fields(Map.of(), new JsonValue.Members(List.of()));
        }
        if (value instanceof JsonValue.Members members) {
            return new Fields(fill(members), members);
        }
        throw new BadBodyException("json: cannot unmarshal " + value.kind() + " into Go value of type api." + name);
    }

    private Map<String, JsonValue> fill(JsonValue.Members members) throws BadBodyException {
        Map<String, JsonValue> filled = new HashMap<>();
        for (JsonValue.Member member : members.values()) {
            String field = fold(member.name());
            GoType type = fields.get(field);
            if (type != null) {
                set(filled, field, type, member.value());
            }
        }
        return filled;
    }

    private void set(Map<String, JsonValue> filled, String field, GoType type, JsonValue value)
            throws BadBodyException {
        if (value instanceof JsonValue.Null) {
            if (type.isNullable()) {
                filled.remove(field);
            }
            return;
        }
        Optional<String> mismatch = type.mismatch(value);
        if (mismatch.isPresent()) {
            throw new BadBodyException(mismatch.get().formatted(name + '.' + field));
        }
        filled.merge(field, value, GoStruct::merge);
    }

    /** Returns what a repeated field holds: the last, but of objects, which Go merges, the last that is not empty. */
    private static JsonValue merge(JsonValue before, JsonValue value) {
        boolean isEmpty =
                value instanceof JsonValue.Members members && members.values().isEmpty();
        return isEmpty ? before : value;
    }

    /** Returns what Go compares of a name: ASCII letters in one case, with their two look-alikes beyond ASCII. */
    static String fold(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char each = name.charAt(i);
            if (each >= 'A' && each <= 'Z') {
                folded.append((char) (each + ('a' - 'A')));
            } else {
                folded.append(each == LONG_S ? 's' : each == KELVIN ? 'k' : each);
            }
        }
        return folded.toString();
    }

    /**
     * Holds what a body filled in.
     *
     * @param values the declared fields that were set
     * @param whole the object itself
     */
    record Fields(Map<String, JsonValue> values, JsonValue.Members whole) {

        /** Returns a string, empty if it was not set. */
        String text(String field) {
            return values.get(field) instanceof JsonValue.Text text ? text.value() : "";
        }

        /** Returns the first of two strings that is not empty, as Go's {@code cmp.Or} does. */
        String text(String field, String other) {
            String text = text(field);
            return text.isEmpty() ? text(other) : text;
        }

        boolean flag(String field, boolean otherwise) {
            return values.get(field) instanceof JsonValue.Flag flag ? flag.value() : otherwise;
        }

        Optional<JsonValue> value(String field) {
            return Optional.ofNullable(values.get(field));
        }
    }
}
