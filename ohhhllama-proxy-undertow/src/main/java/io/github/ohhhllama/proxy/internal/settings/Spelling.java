package io.github.ohhhllama.proxy.internal.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Spelling {

    private static final int MOST_MISTAKES = 3;

    private Spelling() {}

    /**
     * Returns the candidate that is fewest typing mistakes away, if that is near enough.
     *
     * @param word what was written
     * @param candidates what could have been meant
     */
    static Optional<String> nearest(String word, Collection<String> candidates) {
        String upper = word.toUpperCase(Locale.ROOT).replace('-', '_');
        return candidates.stream()
                .filter(candidate -> distance(upper, candidate) <= MOST_MISTAKES)
                .min(Comparator.comparingInt(candidate -> distance(upper, candidate)));
    }

    /** Levenshtein's distance, one row at a time. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
