package io.github.ohhhllama.testing;

import io.github.ohhhllama.RateLimiter;
import java.time.Clock;

final class InMemoryRateLimiterTest extends RateLimiterContract {

    @Override
    protected RateLimiter limiter(int limit, Clock clock) {
        return new InMemoryRateLimiter(limit, clock);
    }
}
