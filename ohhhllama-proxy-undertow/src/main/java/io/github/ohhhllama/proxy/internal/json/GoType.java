package io.github.ohhhllama.proxy.internal.json;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** Tells what fits the fields of Ollama's requests, in the words of Go's {@code encoding/json}. Immutable. */
final class GoType {

    static final GoType STRING = kind(false, JsonValue.Text.class, "string", GoType::nothing);
    static final GoType BOOL = kind(false, JsonValue.Flag.class, "bool", GoType::nothing);

    /** A pointer, which null takes back. */
    static final GoType BOOL_POINTER = kind(true, JsonValue.Flag.class, "bool", GoType::nothing);

    static final GoType INT = kind(false, JsonValue.Numeral.class, "int", GoType::whole);
    static final GoType STRING_MAP = kind(true, JsonValue.Members.class, "map[string]string", GoType::strings);
    static final GoType MAP = kind(true, JsonValue.Members.class, "map[string]interface {}", GoType::numbers);

    /** Bytes, in Base64 or one by one. */
    static final GoType BYTES = new GoType(true, GoType::bytes);

    static final GoType ANY = new GoType(false, GoType::numbers);

    /** The type of a field that Go does not know, but that is looked at here: whatever comes. */
    static final GoType UNKNOWN = new GoType(false, GoType::nothing);

    private static final GoType OCTET = kind(false, JsonValue.Numeral.class, "uint8", GoType::octet);
    private static final BigInteger LONGS = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger OCTETS = BigInteger.valueOf(255);
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,100}");

    private final boolean nullable;
    private final Check check;

    /** Says what of a value does not fit. */
    @FunctionalInterface
    private interface Check {
        void look(JsonValue value, String field, Complaints complaints) throws BadBodyException;
    }

    private GoType(boolean nullable, Check check) {
        this.nullable = nullable;
        this.check = check;
    }

    /**
     * Returns a list of some type.
     *
     * @param name its name in Go
     */
    static GoType listOf(GoType type, String name) {
        return kind(true, JsonValue.Items.class, name, (value, field, complaints) -> {
            for (JsonValue item : ((JsonValue.Items) value).values()) {
                type.check(item, field, complaints);
            }
        });
    }

    /** Returns a struct within a struct. */
    static GoType of(GoStruct struct) {
        return kind(
                false,
                JsonValue.Members.class,
                "api." + struct.name(),
                (value, field, complaints) -> struct.check((JsonValue.Members) value, field, complaints));
    }

    /** Returns a type that reads itself ({@code UnmarshalJSON}): what does not fit in it is told before all else. */
    static GoType custom(GoType type) {
        return new GoType(type.nullable, (value, field, complaints) -> {
            Complaints own = new Complaints();
            type.check(value, field, own);
            own.raise();
        });
    }

    /** Returns objects that read themselves, and say no to anything else in words of their own. */
    static GoType customMap(String refusal) {
        return new GoType(false, (value, field, complaints) -> {
            if (!(value instanceof JsonValue.Members)) {
                throw new BadBodyException(refusal);
            }
            numbers(value, field, complaints);
        });
    }

    /** Tells whether a null takes back what a field of this type held before. */
    boolean isNullable() {
        return nullable;
    }

    /**
     * Looks whether a value fits; null always does.
     *
     * @param field the field's name, with those of the structs around it
     * @throws BadBodyException if something does not that is told before all else
     */
    void check(JsonValue value, String field, Complaints complaints) throws BadBodyException {
        if (!(value instanceof JsonValue.Null)) {
            check.look(value, field, complaints);
        }
    }

    private static GoType kind(boolean nullable, Class<? extends JsonValue> kind, String name, Check within) {
        return new GoType(nullable, (value, field, complaints) -> {
            if (kind.isInstance(value)) {
                within.look(value, field, complaints);
            } else {
                complaints.add(value.kind(), field, name);
            }
        });
    }

    private static void nothing(JsonValue value, String field, Complaints complaints) {}

    private static void strings(JsonValue value, String field, Complaints complaints) throws BadBodyException {
        for (JsonValue.Member member : ((JsonValue.Members) value).values()) {
            STRING.check(member.value(), field, complaints);
        }
    }

    private static void whole(JsonValue value, String field, Complaints complaints) {
        fit(LONGS.not(), LONGS, value, field, complaints, "int");
    }

    private static void octet(JsonValue value, String field, Complaints complaints) {
        fit(BigInteger.ZERO, OCTETS, value, field, complaints, "uint8");
    }

    private static void fit(
            BigInteger least, BigInteger most, JsonValue value, String field, Complaints complaints, String type) {
        String literal = ((JsonValue.Numeral) value).literal();
        BigInteger number = WHOLE.matcher(literal).matches() ? new BigInteger(literal) : null;
        if (number == null || number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            complaints.add("number " + literal, field, type);
        }
    }

    /** Go makes a float64 of every number that it has no other type for, however deep it lies. */
    private static void numbers(JsonValue value, String field, Complaints complaints) {
        Deque<Iterator<JsonValue>> open = new ArrayDeque<>();
        open.push(List.of(value).iterator());
        while (!open.isEmpty()) {
            if (!open.element().hasNext()) {
                open.pop();
                continue;
            }
            JsonValue next = open.element().next();
            if (next instanceof JsonValue.Numeral numeral) {
                number(numeral, field, complaints);
            } else if (next instanceof JsonValue.Items items) {
                open.push(items.values().iterator());
            } else if (next instanceof JsonValue.Members members) {
                open.push(members.values().stream().map(JsonValue.Member::value).iterator());
            }
        }
    }

    private static void number(JsonValue.Numeral numeral, String field, Complaints complaints) {
        if (Double.isInfinite(Double.parseDouble(numeral.literal()))) {
            complaints.add("number " + numeral.literal(), field, "float64");
        }
    }

    private static void bytes(JsonValue value, String field, Complaints complaints) throws BadBodyException {
        if (value instanceof JsonValue.Text text) {
            int fault = GoBase64.fault(text.value());
            if (fault != GoBase64.NONE) {
                complaints.add("illegal base64 data at input byte " + fault);
            }
        } else if (value instanceof JsonValue.Items items) {
            for (JsonValue item : items.values()) {
                OCTET.check(item, field, complaints);
            }
        } else {
            complaints.add(value.kind(), field, "api.ImageData");
        }
    }
}
