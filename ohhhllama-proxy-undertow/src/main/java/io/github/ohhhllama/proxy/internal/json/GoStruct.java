package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.proxy.internal.json.JsonText.Kind;
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

    private static final JsonText NOTHING = new JsonText(new byte[] {'{', '}'}, 0, 2);
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
        JsonText value = GoScanner.scan(body);
        if (value.is(Kind.NULL)) {
            return new Fields(Map.of(), NOTHING);
        }
        if (!value.is(Kind.OBJECT)) {
            throw new BadBodyException(
                    "json: cannot unmarshal " + value.kind().word() + " into Go value of type api." + name);
        }
        Complaints complaints = new Complaints();
        check(value, name, complaints);
        complaints.raise();
        return new Fields(fill(value), value);
    }

    /**
     * Looks whether the members of an object fit the fields.
     *
     * @param path the name of the struct or, within another, of its field
     * @throws BadBodyException if something does not that is told before all else
     */
    void check(JsonText object, String path, Complaints complaints) throws BadBodyException {
        object.each((member, value) -> {
            String field = fold(member);
            GoType type = fields.get(field);
            if (type != null) {
                type.check(value, path + '.' + field, complaints);
            }
        });
    }

    private Map<String, List<JsonText>> fill(JsonText object) {
        Map<String, List<JsonText>> filled = new HashMap<>();
        object.each((member, value) -> {
            String field = fold(member);
            GoType type = fields.get(field);
            if (type == null) {
                return;
            }
            if (!value.is(Kind.NULL)) {
                List<JsonText> values = filled.computeIfAbsent(field, none -> new ArrayList<>(1));
                // Go merges the objects of a map that is repeated; of all else the last counts.
                if (!value.is(Kind.OBJECT)) {
                    values.clear();
                }
                if (values.isEmpty() || !value.isEmpty()) {
                    values.add(value);
                }
            } else if (type.isNullable()) {
                filled.remove(field);
            }
        });
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
     * @param values the declared fields that were set; only a map has more than one value
     * @param whole the object itself
     */
    record Fields(Map<String, List<JsonText>> values, JsonText whole) {

        /** Returns a string, empty if it was not set. */
        String text(String field) {
            return value(field, Kind.STRING).map(JsonText::string).orElse("");
        }

        /** Returns the first of two strings that is not empty, as Go's {@code cmp.Or} does. */
        String text(String field, String other) {
            String text = text(field);
            return text.isEmpty() ? text(other) : text;
        }

        boolean flag(String field, boolean otherwise) {
            return value(field, Kind.BOOL).map(JsonText::isTrue).orElse(otherwise);
        }

        /** Returns a whole number, 0 if it was not set. */
        long number(String field) {
            return value(field, Kind.NUMBER)
                    .map(each -> Long.parseLong(each.literal()))
                    .orElse(0L);
        }

        /**
         * Shows the entries of a map, in the order of the text; a later one of the same name counts instead.
         *
         * @throws E if the visitor throws it
         */
        <E extends Exception> void each(String field, JsonText.Visitor<E> visitor) throws E {
            for (JsonText part : values.getOrDefault(field, List.of())) {
                part.each(visitor);
            }
        }

        /** Returns whether a map has entries. */
        boolean hasEntries(String field) {
            return values.getOrDefault(field, List.of()).stream().anyMatch(part -> !part.isEmpty());
        }

        Optional<JsonText> value(String field) {
            List<JsonText> all = values.getOrDefault(field, List.of());
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        }

        private Optional<JsonText> value(String field, Kind kind) {
            return value(field).filter(each -> each.is(kind));
        }
    }
}
