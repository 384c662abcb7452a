package io.github.ohhhllama.proxy.internal.json;

import java.util.Optional;

/** Names the types that fields of Ollama's requests have, as far as they matter here. */
enum GoType {
    STRING("string"),
    BOOL("bool"),
    /** A pointer, which null takes back. */
    BOOL_POINTER("bool"),
    STRING_MAP("map[string]string"),
    MAP("map[string]interface {}"),
    MESSAGES("[]api.Message"),
    /** Whatever comes. */
    ANY("interface {}");

    private final String words;

    GoType(String words) {
        this.words = words;
    }

    /**
     * Returns Go's complaint about a value that does not fit, with {@code %s} where the field's name belongs.
     *
     * @param value any value but null
     */
    Optional<String> mismatch(JsonValue value) {
        if (!fits(value)) {
            return complaint(value, this);
        }
        if (this == STRING_MAP && value instanceof JsonValue.Members members) {
            return members.values().stream()
                    .map(JsonValue.Member::value)
                    .filter(each -> !STRING.fits(each) && !(each instanceof JsonValue.Null))
                    .findFirst()
                    .flatMap(each -> complaint(each, STRING));
        }
        return Optional.empty();
    }

    /** Tells whether a null takes back what a field of this type held before. */
    boolean isNullable() {
        return switch (this) {
            case BOOL_POINTER, STRING_MAP, MAP, MESSAGES -> true;
            case STRING, BOOL, ANY -> false;
        };
    }

    private boolean fits(JsonValue value) {
        return switch (this) {
            case STRING -> value instanceof JsonValue.Text;
            case BOOL, BOOL_POINTER -> value instanceof JsonValue.Flag;
            case STRING_MAP, MAP -> value instanceof JsonValue.Members;
            case MESSAGES -> value instanceof JsonValue.Items;
            case ANY -> true;
        };
    }

    private static Optional<String> complaint(JsonValue value, GoType type) {
        return Optional.of("json: cannot unmarshal " + value.kind() + " into Go struct field %s of type " + type.words);
    }
}
