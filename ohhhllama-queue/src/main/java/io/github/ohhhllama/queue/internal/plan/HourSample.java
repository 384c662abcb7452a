package io.github.ohhhllama.queue.internal.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Is what was measured of the line within one clock hour.
 *
 * @param hour when the hour began
 * @param bytes how many bytes were fetched
 * @param millis for how long something was being downloaded, in milliseconds
 */
public record HourSample(Instant hour, long bytes, long millis) {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final double MILLIS_A_SECOND = 1000;

    /** Checks that the hour is there and nothing is negative. */
    public HourSample {
        Objects.requireNonNull(hour, "hour");
        if (bytes < 0 || millis < 0) {
            throw new IllegalArgumentException(
                    "bytes and millis must not be negative, were " + bytes + " and " + millis);
        }
    }

    /** Returns the mean speed, in bytes a second; a sample without time has none. */
    double rate() {
        return bytes * MILLIS_A_SECOND / millis;
    }

    /** Returns how much it tells, in hours: 0 to 1, whatever a clock that was set meanwhile claims. */
    double length() {
        return (double) Math.min(millis, HOUR) / HOUR;
    }
}
