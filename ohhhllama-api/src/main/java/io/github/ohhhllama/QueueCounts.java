package io.github.ohhhllama;

/**
 * Counts the entries by state. Immutable.
 *
 * @param pending how many wait
 * @param downloading how many are being downloaded
 * @param completed how many ended well
 * @param failed how many were given up
 * @since 0.1.0
 */
public record QueueCounts(long pending, long downloading, long completed, long failed) {}
