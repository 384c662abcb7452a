package io.github.ohhhllama.proxy.internal.json;

import java.util.regex.Pattern;

/** Reads the number of an entry. */
final class EntryNumber {

    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,17}");

    private EntryNumber() {}

    /**
     * Returns the number that a value holds.
     *
     * @param field where the value stands
     * @param value any value
     * @throws BadBodyException if it is no positive integer
     */
    static long of(String field, JsonValue value) throws BadBodyException {
        if (value instanceof JsonValue.Numeral numeral
                && POSITIVE.matcher(numeral.literal()).matches()) {
            return Long.parseLong(numeral.literal());
        }
        String was = value instanceof JsonValue.Numeral numeral ? numeral.literal() : "a JSON " + value.kind();
        throw new BadBodyException(field + " must be a positive integer, was " + was);
    }
}
