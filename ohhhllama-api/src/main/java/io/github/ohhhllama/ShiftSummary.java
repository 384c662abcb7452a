package io.github.ohhhllama;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Sums a run of the queue up after it ended: its window closed, or nothing was left to try. Immutable.
 *
 * @param window from its begin to its end
 * @param fetches the attempts in it, in order
 * @since 0.1.0
 */
public record ShiftSummary(Window window, List<Fetch> fetches) {

    /** Checks that the window is there and copies the attempts. */
    public ShiftSummary {
        Objects.requireNonNull(window, "window");
        fetches = List.copyOf(fetches);
    }

    /** Returns how many models were completed. */
    public long completed() {
        return fetches.stream()
                .filter(fetch -> fetch.outcome() == Fetch.Outcome.COMPLETED)
                .count();
    }

    /** Returns how many bytes came over the line. */
    public long bytes() {
        return fetches.stream().mapToLong(Fetch::bytes).sum();
    }

    /** Returns the highest rate in bytes per second, 0 if nothing was tried. */
    public long peakRate() {
        return fetches.stream().mapToLong(Fetch::peakRate).max().orElse(0);
    }

    /** Returns the mean rate in bytes per second over the time in which something was downloaded, 0 if that took no time. */
    public long meanRate() {
        long millis = fetches.stream()
                .mapToLong(fetch -> Duration.between(fetch.from(), fetch.to()).toMillis())
                .sum();
        return millis <= 0 ? 0 : Math.round(bytes() * 1000.0 / millis);
    }

    /** Returns the attempts that failed. */
    public List<Fetch> failures() {
        return fetches.stream()
                .filter(fetch -> fetch.outcome() == Fetch.Outcome.FAILED)
                .toList();
    }

    /** Returns which models failed and why, for a person, each reason once; empty if nothing failed. */
    public String reasons() {
        return failures().stream()
                .map(fetch -> fetch.model().display() + ": " + fetch.words())
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
