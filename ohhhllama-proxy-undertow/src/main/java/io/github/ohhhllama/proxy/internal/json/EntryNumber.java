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
    static long of(String field, JsonText value) throws BadBodyException {
        boolean number = value.is(JsonText.Kind.NUMBER);
        if (number && POSITIVE.matcher(value.literal()).matches()) {
            return Long.parseLong(value.literal());
        }
        String was = number ? value.literal() : "a JSON " + value.kind().word();
        throw new BadBodyException(field + " must be a positive integer, was " + was);
    }
}
