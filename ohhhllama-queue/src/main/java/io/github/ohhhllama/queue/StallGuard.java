package io.github.ohhhllama.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Notices a download that hardly moves: one that, over a while, brought less than a set rate. One thread only.
 *
 * <p>The time of a clock that was set back does not count.
 */
final class StallGuard {

    private record Sample(Instant at, long bytes) {}

    private final Limits limits;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Says what a stall is.
     *
     * @param rate the lowest rate that is none, in bytes per second; 0 if nothing is one
     * @param after for how long the rate has to stay below
     */
    record Limits(long rate, Duration after) {

        /** Checks that the rate is not negative and the time is longer than zero. */
        Limits {
            if (rate < 0 || after.isZero() || after.isNegative()) {
                throw new IllegalArgumentException(
                        "expected a rate of 0 or more and a time longer than 0, was " + rate + " and " + after);
            }
        }
    }

    StallGuard(Limits limits) {
        this.limits = limits;
    }

    /**
     * Takes a measurement in.
     *
     * @param now when it was made
     * @param bytes how many bytes came so far
     * @return in words how slowly it came, if this is a stall
     */
    Optional<String> look(Instant now, long bytes) {
        if (limits.rate() == 0) {
            return Optional.empty();
        }
        if (!samples.isEmpty() && now.isBefore(samples.getLast().at())) {
            samples.clear();
        }
        samples.addLast(new Sample(now, bytes));
        Instant start = now.minus(limits.after());
        while (samples.size() > 1 && !second().at().isAfter(start)) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        if (first.at().isAfter(start)) {
            return Optional.empty();
        }
        long millis = Duration.between(first.at(), now).toMillis();
        long rate = (bytes - first.bytes()) * 1000 / Math.max(1, millis);
        return rate >= limits.rate()
                ? Optional.empty()
                : Optional.of("only " + rate + " bytes per second came for " + millis / 1000 + " s, expected at least "
                        + limits.rate());
    }

    /** Starts anew, as after a time in which nothing was to come. */
    void forget() {
        samples.clear();
    }

    private Sample second() {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }
}
