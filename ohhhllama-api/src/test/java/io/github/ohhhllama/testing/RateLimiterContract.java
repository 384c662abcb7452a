package io.github.ohhhllama.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Requester;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * States what every {@link RateLimiter} does; subclass it and hand in yours. Not thread-safe, like any test; it calls
 * yours from several threads at once.
 *
 * @since 0.1.0
 */
public abstract class RateLimiterContract {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Requester ANN = Requester.named("ann");
    private static final Requester BOB = Requester.named("bob");

    private final SettableClock utc = SettableClock.at("2026-06-01T10:00:00Z");

    /**
     * Creates a limiter that nobody has used yet.
     *
     * @param limit how many new models a requester may queue a day, 0 for any number
     * @param clock tells the time; its zone says when the day ends
     */
    protected abstract RateLimiter limiter(int limit, Clock clock);

    private RateLimiter limiter(int limit) {
        return limiter(limit, utc.withZone(BERLIN));
    }

    @Test
    void countsDownAndThenRefuses() {
        RateLimiter limiter = limiter(2);
        Instant midnight = Instant.parse("2026-06-01T22:00:00Z");

        assertThat(limiter.tryAcquire(ANN)).isEqualTo(new RateDecision(true, 2, 1, midnight));
        assertThat(limiter.tryAcquire(ANN)).isEqualTo(new RateDecision(true, 2, 0, midnight));
        assertThat(limiter.tryAcquire(ANN)).isEqualTo(new RateDecision(false, 2, 0, midnight));
    }

    @Test
    void countsEveryRequesterAlone() {
        RateLimiter limiter = limiter(1);
        limiter.tryAcquire(ANN);

        assertThat(limiter.tryAcquire(ANN).allowed()).isFalse();
        assertThat(limiter.tryAcquire(BOB).allowed()).isTrue();
    }

    @Test
    void countsAnIpv6NetworkAsOne() throws Exception {
        RateLimiter limiter = limiter(1);
        limiter.tryAcquire(Requester.at(InetAddress.getByName("2001:db8:1:2::1")));

        assertThat(limiter.tryAcquire(Requester.at(InetAddress.getByName("2001:db8:1:2:ffff::9")))
                        .allowed())
                .isFalse();
        assertThat(limiter.tryAcquire(Requester.at(InetAddress.getByName("2001:db8:1:3::1")))
                        .allowed())
                .isTrue();
    }

    @Test
    void peekingCostsNothing() {
        RateLimiter limiter = limiter(1);

        assertThat(limiter.peek(ANN).remaining()).isEqualTo(1);
        assertThat(limiter.peek(ANN).allowed()).isTrue();
        assertThat(limiter.tryAcquire(ANN).allowed()).isTrue();
        assertThat(limiter.peek(ANN).allowed()).isFalse();
        assertThat(limiter.peek(ANN).remaining()).isZero();
    }

    @Test
    void refusingCostsNothingOfTheNextDay() {
        RateLimiter limiter = limiter(1);
        for (int i = 0; i < 5; i++) {
            limiter.tryAcquire(ANN);
        }
        utc.advance(Duration.ofDays(1));

        assertThat(limiter.tryAcquire(ANN).allowed()).isTrue();
    }

    @Test
    void startsAnewAtLocalMidnight() {
        RateLimiter limiter = limiter(1);
        limiter.tryAcquire(ANN);

        utc.set(Instant.parse("2026-06-01T21:59:59Z"));
        assertThat(limiter.tryAcquire(ANN).allowed()).isFalse();

        utc.set(Instant.parse("2026-06-01T22:00:00Z"));
        assertThat(limiter.tryAcquire(ANN).allowed()).isTrue();
    }

    @Test
    void theDayTheClocksGoForwardInBerlinHas23Hours() {
        utc.set(Instant.parse("2026-03-28T23:00:00Z"));

        assertThat(limiter(1).peek(ANN).resetsAt()).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
    }

    @Test
    void theDayTheClocksGoBackInBerlinHas25Hours() {
        utc.set(Instant.parse("2026-10-24T22:00:00Z"));

        assertThat(limiter(1).peek(ANN).resetsAt()).isEqualTo(Instant.parse("2026-10-25T23:00:00Z"));
    }

    @Test
    void zeroMeansNoLimit() {
        RateLimiter limiter = limiter(0);
        for (int i = 0; i < 50; i++) {
            RateDecision decision = limiter.tryAcquire(ANN);
            assertThat(decision.allowed()).isTrue();
            assertThat(decision.isUnlimited()).isTrue();
        }
    }

    @Test
    void neverAllowsMoreThanTheLimitToParallelCallers() throws Exception {
        RateLimiter limiter = limiter(5);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> call = () -> limiter.tryAcquire(ANN).allowed();
            int allowed = 0;
            for (Future<Boolean> answer : callers.invokeAll(Collections.nCopies(40, call))) {
                allowed += answer.get() ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(5);
        } finally {
            callers.shutdownNow();
        }
    }
}
