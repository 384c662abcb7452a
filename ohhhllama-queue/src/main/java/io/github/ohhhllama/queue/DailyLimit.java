package io.github.ohhhllama.queue;

import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.internal.sqlite.Database;
import io.github.ohhhllama.queue.internal.sqlite.SqliteRateLimiter;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Limits requesters as the rules of the moment say; what was used today counts under new rules as well. Thread-safe.
 *
 * @param database where the counts are kept
 * @param rules the rules that are in force
 * @param clock tells which day it is
 */
record DailyLimit(Database database, Supplier<Rules> rules, Clock clock) implements RateLimiter {

    @Override
    public RateDecision tryAcquire(Requester requester) {
        return limiter().tryAcquire(requester);
    }

    @Override
    public RateDecision peek(Requester requester) {
        return limiter().peek(requester);
    }

    private RateLimiter limiter() {
        Rules now = rules.get();
        return new SqliteRateLimiter(database, now.rateLimit(), clock, now.zone());
    }
}
