package io.github.ohhhllama.queue.internal.sqlite;

import java.time.Instant;

/**
 * Tells how fast the line was in one hour of the clock.
 *
 * @param hour its first moment
 * @param bytes how many bytes came in it
 * @param millis for how long something was being downloaded
 */
public record Pace(Instant hour, long bytes, long millis) {}
