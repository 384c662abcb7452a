package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.Priority;
import java.util.Arrays;
import java.util.Locale;

/** Reads a priority. */
public final class PriorityWord {

    private PriorityWord() {}

    /**
     * Parses a word.
     *
     * @param word {@code high}, {@code normal} or {@code low}, in any case
     * @throws BadBodyException if it is none of them
     */
    public static Priority parse(String word) throws BadBodyException {
        return Arrays.stream(Priority.values())
                .filter(priority -> priority.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new BadBodyException("priority must be high, normal or low, was \"" + word + '"'));
    }
}
