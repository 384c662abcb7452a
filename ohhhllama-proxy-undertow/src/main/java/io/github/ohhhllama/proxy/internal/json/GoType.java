package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.proxy.internal.json.JsonText.Kind;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Tells what fits the fields of Ollama's requests, in the words of Go's {@code encoding/json}. Immutable. */
final class GoType {

    static final GoType STRING = kind(false, Kind.STRING, "string", GoType::nothing);
    static final GoType BOOL = kind(false, Kind.BOOL, "bool", GoType::nothing);

    /** A pointer, which null takes back. */
    static final GoType BOOL_POINTER = kind(true, Kind.BOOL, "bool", GoType::nothing);

    static final GoType INT = kind(false, Kind.NUMBER, "int", GoType::whole);
    static final GoType STRING_MAP = kind(true, Kind.OBJECT, "map[string]string", GoType::strings);
    static final GoType MAP = kind(true, Kind.OBJECT, "map[string]interface {}", GoType::numbers);

    /** Bytes, in Base64 or one by one. */
    static final GoType BYTES = new GoType(true, GoType::bytes);

    static final GoType ANY = new GoType(false, GoType::numbers);

    /** The type of a field that Go does not know, but that is looked at here: whatever comes. */
    static final GoType UNKNOWN = new GoType(false, GoType::nothing);

    private static final GoType OCTET = kind(false, Kind.NUMBER, "uint8", GoType::octet);
    private static final BigInteger LONGS = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger OCTETS = BigInteger.valueOf(255);
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,100}");
    private static final Pattern UNSIGNED = Pattern.compile("[0-9]{1,100}");

    private final boolean nullable;
    private final Check check;

    /** Says what of a value does not fit. */
    @FunctionalInterface
    private interface Check {
        void look(JsonText value, String field, Complaints complaints) throws BadBodyException;
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
        return kind(
                true,
                Kind.ARRAY,
                name,
                (value, field, complaints) -> value.each((none, item) -> type.check(item, field, complaints)));
    }

    /** Returns a struct within a struct. */
    static GoType of(GoStruct struct) {
        return kind(false, Kind.OBJECT, "api." + struct.name(), struct::check);
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
            if (!value.is(Kind.OBJECT)) {
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
    void check(JsonText value, String field, Complaints complaints) throws BadBodyException {
        if (!value.is(Kind.NULL)) {
            check.look(value, field, complaints);
        }
    }

    private static GoType kind(boolean nullable, Kind kind, String name, Check within) {
        return new GoType(nullable, (value, field, complaints) -> {
            if (value.is(kind)) {
                within.look(value, field, complaints);
            } else {
                complaints.add(value.kind().word(), field, name);
            }
        });
    }

    private static void nothing(JsonText value, String field, Complaints complaints) {}

    private static void strings(JsonText value, String field, Complaints complaints) throws BadBodyException {
        value.each((name, each) -> STRING.check(each, field, complaints));
    }

    private static void whole(JsonText value, String field, Complaints complaints) {
        fit(WHOLE, LONGS.not(), LONGS, value, field, complaints, "int");
    }

    private static void octet(JsonText value, String field, Complaints complaints) {
        fit(UNSIGNED, BigInteger.ZERO, OCTETS, value, field, complaints, "uint8");
    }

    private static void fit(
            Pattern form,
            BigInteger least,
            BigInteger most,
            JsonText value,
            String field,
            Complaints complaints,
            String type) {
        String literal = value.literal();
        BigInteger number = form.matcher(literal).matches() ? new BigInteger(literal) : null;
        if (number == null || number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            complaints.add("number " + literal, field, type);
        }
    }

    /** Go makes a float64 of every number that it has no other type for, however deep it lies. */
    private static void numbers(JsonText value, String field, Complaints complaints) {
        String infinity = value.firstInfinity();
        if (!infinity.isEmpty()) {
            complaints.add("number " + infinity, field, "float64");
        }
    }

    private static void bytes(JsonText value, String field, Complaints complaints) throws BadBodyException {
        if (value.is(Kind.STRING)) {
            int fault = GoBase64.fault(value.string());
            if (fault != GoBase64.NONE) {
                complaints.add("illegal base64 data at input byte " + fault);
            }
        } else if (value.is(Kind.ARRAY)) {
            value.each((none, item) -> OCTET.check(item, field, complaints));
        } else {
            complaints.add(value.kind().word(), field, "api.ImageData");
        }
    }
}
