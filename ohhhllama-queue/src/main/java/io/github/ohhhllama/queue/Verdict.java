package io.github.ohhhllama.queue;

import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides what follows from a failed attempt: again in a while, again in the next run, or never. Used by the drain's
 * thread only.
 */
final class Verdict {

    /** With the default pauses, a model is tried for about an hour and a half before it leaves the night to others. */
    private static final int ATTEMPTS_A_RUN = 8;

    /** A registry that asks for a longer pause is visited in the next run. */
    private static final Duration LONGEST_PAUSE_IN_RUN = Duration.ofMinutes(30);

    /** What to do with the entry. */
    sealed interface Decision {

        /** Returns what is to happen, in words. */
        String words();
    }

    /** Waits within the run. */
    record Retry(Duration pause) implements Decision {
        @Override
        public String words() {
            return "again in " + pause.toSeconds() + " s";
        }
    }

    /** Leaves the entry to the next run. */
    record Defer() implements Decision {
        @Override
        public String words() {
            return "again in the next run";
        }
    }

    /** Gives the entry up. */
    record Fail() implements Decision {
        @Override
        public String words() {
            return "given up";
        }
    }

    private final Backoff backoff;
    private final Map<Long, Integer> failuresInRun = new HashMap<>();
    private final Set<Long> mismatched = new HashSet<>();
    private long run;

    Verdict(Backoff backoff) {
        this.backoff = backoff;
    }

    /**
     * Judges a failure.
     *
     * @param failure what happened
     * @param entry the entry's number
     * @param inRun the number of the run it happened in
     */
    Decision on(OllamaException failure, long entry, long inRun) {
        if (run != inRun) {
            run = inRun;
            failuresInRun.clear();
        }
        PullFailure.Cure cure = failure.failure().cure();
        if (cure == PullFailure.Cure.GIVE_UP) {
            return new Fail();
        }
        if (cure == PullFailure.Cure.RETRY_ONCE) {
            return mismatched.add(entry) ? new Retry(Duration.ZERO) : new Fail();
        }
        int failures = failuresInRun.merge(entry, 1, Integer::sum);
        Duration pause = backoff.pause(failures, failure.retryAfter().orElse(null));
        boolean exhausted = failures >= ATTEMPTS_A_RUN || pause.compareTo(LONGEST_PAUSE_IN_RUN) > 0;
        return exhausted ? new Defer() : new Retry(pause);
    }
}
