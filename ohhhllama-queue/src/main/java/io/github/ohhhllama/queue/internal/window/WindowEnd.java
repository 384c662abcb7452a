package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.WallClock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says when a window ends that has begun: after a while, or at a time of the clock on the wall. Immutable. */
final class WindowEnd {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern SHORT =
            Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?", Pattern.CASE_INSENSITIVE);

    private final @Nullable Duration length;
    private final LocalTime time;

    private WindowEnd(@Nullable Duration length, LocalTime time) {
        this.length = length;
        this.time = time;
    }

    /**
     * Parses an end.
     *
     * @param text {@code 4h}, {@code 90m}, {@code 1h30m}, {@code PT4H} or {@code 06:00}
     * @throws IllegalArgumentException if it is neither a duration of a minute to a week nor a time
     */
    static WindowEnd parse(String text) {
        String end = text.strip();
        if (end.contains(":")) {
            return new WindowEnd(null, ClockTime.parseEnd(end));
        }
        Duration length = length(end);
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a window of \"" + end + "\" is "
                    + (length.compareTo(LONGEST) > 0 ? "too long" : "too short") + ", expected 1m to 168h (a week)");
        }
        return new WindowEnd(length, LocalTime.MIDNIGHT);
    }

    /**
     * Returns the window that begins at a time.
     *
     * @param start the time on the wall
     * @param clock the clock there
     * @return the window, or empty if the clocks skip all of it
     */
    Optional<Window> window(LocalDateTime start, WallClock clock) {
        if (length != null) {
            return Optional.of(
                    new Window(clock.reaches(start), clock.reaches(start).plus(length)));
        }
        return Stretches.between(clock.reaches(start), clock.reaches(ClockTime.next(start, time)));
    }

    /** Returns how long it is from start to end, on a day without a clock change and at the least. */
    Duration shortest(LocalDateTime start) {
        return length == null ? Duration.between(start, ClockTime.next(start, time)) : length;
    }

    /** Returns on how many days after the one it opens a window may still be open, at most. */
    int days() {
        return length == null ? 1 : (int) length.toDays() + 1;
    }

    private static Duration length(String text) {
        Matcher matcher = SHORT.matcher(text);
        try {
            if (matcher.matches() && !text.isEmpty()) {
                return Duration.ofHours(number(matcher.group(1)))
                        .plusMinutes(number(matcher.group(2)))
                        .plusSeconds(number(matcher.group(3)));
            }
            return Duration.parse(text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no end of a window, expected a duration (4h, 90m, 1h30m, 90s, PT4H)"
                            + " or a time (06:00)",
                    wrong);
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
