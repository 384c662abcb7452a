package io.github.ohhhllama.proxy.internal.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads a length of time as people write it: {@code 90s}, {@code 2m}, {@code 1m30s}, {@code 500ms}, {@code PT2M}. */
final class HumanDuration {

    private static final Pattern SHORT = Pattern.compile("(?=\\d)(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?");
    private static final Pattern MILLIS = Pattern.compile("\\d{1,9}ms");

    private HumanDuration() {}

    /**
     * Parses a length of time.
     *
     * @throws UnexpectedTextException if it is not one, or has no unit, or is zero or negative
     */
    static Duration parse(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        Duration duration = MILLIS.matcher(folded).matches()
                ? Duration.ofMillis(Long.parseLong(folded.substring(0, folded.length() - 2)))
                : iso(SHORT.matcher(folded).matches() ? "pt" + folded : folded);
        if (duration.isNegative() || duration.isZero()) {
            throw unexpected();
        }
        return duration;
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException notIso) {
            throw unexpected();
        }
    }

    private static UnexpectedTextException unexpected() {
        return new UnexpectedTextException(
                "a length of time with its unit and longer than 0, such as 90s, 2m or 500ms");
    }
}
