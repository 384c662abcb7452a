package io.github.ohhhllama;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a model will be there, as far as that can be known. Immutable.
 *
 * @param entry the entry's number
 * @param earliest when it will be ready if all goes well, or null if nothing can be said
 * @param latest by when it will be ready if the line is slow, or null if nothing can be said
 * @param tonight whether it will be ready before the window that is open, or opens next, closes
 * @param holds why it is not being downloaded now, the weightiest first; empty while it is
 * @since 0.1.0
 */
public record Forecast(
        long entry, @Nullable Instant earliest, @Nullable Instant latest, Tonight tonight, List<Hold> holds) {

    /** Answers whether a model will be there after the night. */
    public enum Tonight {
        /** Even if the line is slow. */
        YES,
        /** If all goes well. */
        MAYBE,
        /** Not even then. */
        NO,
        /** Its size or the speed of the line is not known. */
        UNKNOWN;

        /** Returns the word that the HTTP API uses: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks that the range is one, and copies the reasons.
     *
     * @throws IllegalArgumentException if {@code latest} is before {@code earliest}
     */
    public Forecast {
        Objects.requireNonNull(tonight, "tonight");
        holds = List.copyOf(holds);
        if (earliest != null && latest != null && latest.isBefore(earliest)) {
            throw new IllegalArgumentException("latest must not be before " + earliest + ", was " + latest);
        }
    }

    /** Returns why the entry waits, in words, if it does. */
    public Optional<String> whyWaiting() {
        return holds.stream().findFirst().map(Hold::words);
    }
}
