package io.github.ohhhllama.queue;

import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.queue.internal.sqlite.Claim;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Decides what follows from a failed attempt: again in a while, again in the next run, or never. Used by the drain's
 * thread only.
 */
final class Verdict {

    /** With the default pauses, a model is tried for about an hour and a half before it leaves the night to others. */
    private static final int ATTEMPTS_A_RUN = 8;

    /** A registry that asks for a longer pause is visited in the next run. */
    static final Duration LONGEST_PAUSE_IN_RUN = Duration.ofMinutes(30);

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

    /**
     * Leaves the entry to the next run.
     *
     * @param pause how long that has to wait at least, zero if it need not
     */
    record Defer(Duration pause) implements Decision {
        @Override
        public String words() {
            return "again in the next run" + (pause.isZero() ? "" : ", not before " + pause.toSeconds() + " s");
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
    private final IntSupplier maxNights;
    private final Map<Long, Integer> failuresInRun = new HashMap<>();
    private final Set<Long> mismatched = new HashSet<>();
    private long run;

    /**
     * Creates a verdict.
     *
     * @param backoff how long to wait after a failure
     * @param maxNights in how many nights an entry is tried before it is given up; 0 for any number
     */
    Verdict(Backoff backoff, IntSupplier maxNights) {
        this.backoff = backoff;
        this.maxNights = maxNights;
    }

    /**
     * Judges a failure.
     *
     * @param failure what happened
     * @param claim whose attempt failed
     * @param inRun the number of the run it happened in
     */
    Decision on(OllamaException failure, Claim claim, long inRun) {
        if (run != inRun) {
            run = inRun;
            failuresInRun.clear();
        }
        PullFailure.Cure cure = failure.failure().cure();
        if (cure == PullFailure.Cure.GIVE_UP) {
            return new Fail();
        }
        if (cure == PullFailure.Cure.RETRY_ONCE) {
            if (mismatched.add(claim.id())) {
                return new Retry(Duration.ZERO);
            }
            // Whoever has it tried again gives it a new chance.
            mismatched.remove(claim.id());
            return new Fail();
        }
        int failures = failuresInRun.merge(claim.id(), 1, Integer::sum);
        Duration pause = backoff.pause(failures, failure.retryAfter().orElse(null));
        boolean exhausted = failures >= ATTEMPTS_A_RUN || pause.compareTo(LONGEST_PAUSE_IN_RUN) > 0;
        if (exhausted) {
            if (isLastNight(claim.nights())) {
                return new Fail();
            }
            // An entry that may run at any time has no next run to wait for.
            boolean asked = failure.retryAfter().isPresent();
            if (!claim.permit()) {
                return new Defer(asked ? pause : Duration.ZERO);
            }
            return new Retry(pause.compareTo(LONGEST_PAUSE_IN_RUN) > 0 ? pause : LONGEST_PAUSE_IN_RUN);
        }
        return new Retry(pause);
    }

    /** Returns how long to wait before a download that came too slowly goes on. */
    Duration afterStall() {
        return backoff.pause(1);
    }

    /**
     * Tells whether an entry that is not complete by now is given up.
     *
     * @param nights in how many nights it was tried, this one included
     */
    boolean isLastNight(int nights) {
        int most = maxNights.getAsInt();
        return most > 0 && nights >= most;
    }
}
