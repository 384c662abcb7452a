package io.github.ohhhllama.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands still until it is told to move. Thread-safe; clocks made by {@link #withZone} move together.
 *
 * @since 0.1.0
 */
public final class SettableClock extends Clock {

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private SettableClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * Creates a clock that shows UTC.
     *
     * @param start the moment it shows first, ISO-8601, for instance {@code 2026-03-28T21:00:00Z}
     * @throws java.time.format.DateTimeParseException if it is not written so
     */
    public static SettableClock at(String start) {
        return new SettableClock(new AtomicReference<>(Instant.parse(start)), ZoneOffset.UTC);
    }

    /**
     * Sets the moment, forwards or backwards.
     *
     * @param moment what the clock shows from now on
     */
    public void set(Instant moment) {
        now.set(moment);
    }

    /**
     * Moves the clock on.
     *
     * @param step by how much
     */
    public void advance(Duration step) {
        now.updateAndGet(moment -> moment.plus(step));
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SettableClock(now, other);
    }
}
