package io.github.ohhhllama.proxy.internal.json;

import org.jspecify.annotations.Nullable;

/** Keeps the first value that did not fit, as Go does: it reads on, and tells of that one at the end. Not thread-safe. */
final class Complaints {

    private @Nullable String first;

    /**
     * Takes a value that does not fit.
     *
     * @param value what it is, in Go's words
     * @param field the name of the field, with those of the structs around it
     * @param type what would have fitted
     */
    void add(String value, String field, String type) {
        add("json: cannot unmarshal " + value + " into Go struct field " + field + " of type " + type);
    }

    void add(String text) {
        if (first == null) {
            first = text;
        }
    }

    /**
     * Ends the reading.
     *
     * @throws BadBodyException if something did not fit
     */
    void raise() throws BadBodyException {
        if (first != null) {
            throw new BadBodyException(first);
        }
    }
}
