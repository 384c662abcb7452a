package io.github.ohhhllama.proxy.internal.json;

import java.util.ArrayList;
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

    /** Returns its name, without that of the package. */
    String name() {
        return name;
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
            Complaints complaints = new Complaints();
            check(members, name, complaints);
            complaints.raise();
            return new Fields(fill(members), members);
        }
        throw new BadBodyException("json: cannot unmarshal " + value.kind() + " into Go value of type api." + name);
    }

    /**
     * Looks whether the members of an object fit the fields.
     *
     * @param path the name of the struct or, within another, of its field
     * @throws BadBodyException if something does not that is told before all else
     */
    void check(JsonValue.Members members, String path, Complaints complaints) throws BadBodyException {
        for (JsonValue.Member member : members.values()) {
            String field = fold(member.name());
            GoType type = fields.get(field);
            if (type != null) {
                type.check(member.value(), path + '.' + field, complaints);
            }
        }
    }

    private Map<String, JsonValue> fill(JsonValue.Members members) {
        Map<String, JsonValue> filled = new HashMap<>();
        Map<String, List<JsonValue.Member>> maps = new HashMap<>();
        for (JsonValue.Member member : members.values()) {
            String field = fold(member.name());
            GoType type = fields.get(field);
            if (type == null) {
                continue;
            }
            if (member.value() instanceof JsonValue.Members map) {
                // Go merges the objects of a map that is repeated.
                List<JsonValue.Member> whole = maps.computeIfAbsent(field, none -> new ArrayList<>());
                whole.addAll(map.values());
                filled.put(field, new JsonValue.Members(whole));
            } else if (!(member.value() instanceof JsonValue.Null)) {
                filled.put(field, member.value());
            } else if (type.isNullable()) {
                filled.remove(field);
                maps.remove(field);
            }
        }
        return filled;
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

        /** Returns a whole number, 0 if it was not set. */
        long number(String field) {
            return values.get(field) instanceof JsonValue.Numeral numeral ? Long.parseLong(numeral.literal()) : 0;
        }

        /** Returns a map of strings, empty if it was not set; a null in it is an empty string. */
        Map<String, String> texts(String field) {
            Map<String, String> texts = new LinkedHashMap<>();
            if (values.get(field) instanceof JsonValue.Members members) {
                members.values()
                        .forEach(member -> texts.put(
                                member.name(), member.value() instanceof JsonValue.Text text ? text.value() : ""));
            }
            return texts;
        }

        Optional<JsonValue> value(String field) {
            return Optional.ofNullable(values.get(field));
        }
    }
}
