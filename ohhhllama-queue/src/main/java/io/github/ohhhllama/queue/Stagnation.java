package io.github.ohhhllama.queue;

import io.github.ohhhllama.PullProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Notices a download of which nothing comes any more although Ollama talks on: it repeats its last line many times a second,
 * and begins a part anew that stands still as often as it takes (v0.33). One thread only.
 */
final class Stagnation {

    /** More time than this does not pass between two lines of one that talks: the computer slept, or its clock was set. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

    private final Duration longest;
    private Duration lasts = Duration.ZERO;
    private @Nullable PullProgress last;
    private Instant at = Instant.EPOCH;

    /**
     * Creates one that has seen nothing yet.
     *
     * @param longest for how long nothing may come; {@link Duration#ZERO} means for ever
     */
    Stagnation(Duration longest) {
        this.longest = longest;
    }

    /**
     * Takes a line in.
     *
     * @param line what Ollama says
     * @param now when it said so
     * @return whether nothing came for too long
     */
    boolean isReached(PullProgress line, Instant now) {
        lasts = isNews(line) ? Duration.ZERO : lasts.plus(step(now));
        last = line;
        at = now;
        return !longest.isZero() && lasts.compareTo(longest) >= 0;
    }

    /** A count that went down is a part that failed; that it goes up again is news. */
    private boolean isNews(PullProgress line) {
        return last == null
                || line.isVerifying()
                || line.completed() > last.completed()
                || line.total() != last.total()
                || !line.status().equals(last.status())
                || !Objects.equals(line.digest(), last.digest());
    }

    private Duration step(Instant now) {
        Duration step = Duration.between(at, now);
        if (step.isNegative()) {
            return Duration.ZERO;
        }
        return step.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : step;
    }
}
