package io.github.ohhhllama.testing;

import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Requester;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts by day and requester, in memory. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryRateLimiter implements RateLimiter {

    private final int limit;
    private final Clock clock;
    private final Map<String, Integer> used = new HashMap<>();
    private LocalDate day;

    /**
     * Creates a limiter that nobody has used yet.
     *
     * @param limit how many new models a requester may queue a day, 0 for any number
     * @param clock tells the time; its zone says when the day ends
     */
    public InMemoryRateLimiter(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
        this.day = LocalDate.now(clock);
    }

    @Override
    public synchronized RateDecision tryAcquire(Requester requester) {
        RateDecision now = peek(requester);
        if (now.isUnlimited() || !now.allowed()) {
            return now;
        }
        used.merge(requester.quotaKey(), 1, Integer::sum);
        return new RateDecision(true, limit, now.remaining() - 1, now.resetsAt());
    }

    @Override
    public synchronized RateDecision peek(Requester requester) {
        LocalDate today = LocalDate.now(clock);
        if (!today.equals(day)) {
            day = today;
            used.clear();
        }
        int left = Math.max(0, limit - used.getOrDefault(requester.quotaKey(), 0));
        Instant midnight = today.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
        return new RateDecision(limit == 0 || left > 0, limit, left, midnight);
    }
}
