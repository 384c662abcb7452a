package io.github.ohhhllama.queue.internal.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Knows the registries that failed and are left in peace for a while, longer after each further failure, so that a
 * registry that is down costs one question its patience, not all of them. Thread-safe.
 */
final class QuietRegistries {

    private static final int MOST = 1000;

    private final RegistryLimits limits;
    private final Clock clock;
    private final Map<HttpUrl, Peace> failed = new LinkedHashMap<>(16, 0.75f, true) {

        @Override
        protected boolean removeEldestEntry(Map.Entry<HttpUrl, Peace> eldest) {
            return size() > MOST;
        }
    };

    QuietRegistries(RegistryLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Says until when a registry is left in peace and why; empty if it may be asked. */
    synchronized Optional<String> words(HttpUrl registry) {
        Peace peace = failed.get(registry);
        return peace != null && peace.lasts(clock.instant()) ? Optional.of(peace.words()) : Optional.empty();
    }

    /**
     * Takes note of a failure. Those that were under way together count once.
     *
     * @param registry which one
     * @param cause what happened
     * @param retryAfter how long it asked us to wait, or null
     */
    synchronized void failed(HttpUrl registry, String cause, @Nullable Duration retryAfter) {
        Instant now = clock.instant();
        Peace before = failed.getOrDefault(registry, Peace.NEVER);
        boolean together = before.lasts(now);
        int failures = before.failures() + (together ? 0 : 1);
        Instant own = together ? before.until() : now.plus(growing(failures));
        Instant until = now.plus(bounded(retryAfter));
        failed.put(registry, Peace.of(failures, now, own.isAfter(until) ? own : until, cause));
    }

    /** Takes note that a registry is well. */
    synchronized void answered(HttpUrl registry) {
        Peace peace = failed.get(registry);
        // An answer that was under way when another question failed does not end the peace.
        if (peace != null && !peace.lasts(clock.instant())) {
            failed.remove(registry);
        }
    }

    private Duration growing(int failures) {
        Duration peace = limits.firstPeace();
        for (int i = 1; i < failures && peace.compareTo(limits.longestPeace()) < 0; i++) {
            peace = peace.multipliedBy(2);
        }
        return bounded(peace);
    }

    private Duration bounded(@Nullable Duration peace) {
        if (peace == null) {
            return Duration.ZERO;
        }
        return peace.compareTo(limits.longestPeace()) > 0 ? limits.longestPeace() : peace;
    }

    private record Peace(int failures, Instant since, Instant until, String words) {

        static final Peace NEVER = new Peace(0, Instant.EPOCH, Instant.EPOCH, "");

        static Peace of(int failures, Instant since, Instant until, String cause) {
            String words = "left in peace until " + until.truncatedTo(ChronoUnit.SECONDS) + ": " + cause;
            return new Peace(failures, since, until, words);
        }

        /** A clock that was put back ends the peace, instead of stretching it by hours. */
        boolean lasts(Instant now) {
            return now.isBefore(until) && !now.isBefore(since);
        }
    }
}
