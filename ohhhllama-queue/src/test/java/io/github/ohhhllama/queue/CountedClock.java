package io.github.ohhhllama.queue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Stands still until it is told to move, and counts which thread looked at it how often since then. Thread-safe. */
final class CountedClock extends Clock {

    private final Map<String, Integer> looks = new HashMap<>();
    private Instant now;

    CountedClock(Instant now) {
        this.now = now;
    }

    synchronized void set(Instant moment) {
        now = moment;
        looks.clear();
    }

    /** Returns how often a thread looked at the moment that was set last. */
    synchronized int looks(String thread) {
        return looks.getOrDefault(thread, 0);
    }

    @Override
    public synchronized Instant instant() {
        looks.merge(Thread.currentThread().getName(), 1, Integer::sum);
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("nobody asks for another zone");
    }
}
