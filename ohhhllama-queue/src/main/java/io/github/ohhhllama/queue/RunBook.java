package io.github.ohhhllama.queue;

import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.ShiftSummary;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.sqlite.FetchStore;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import io.github.ohhhllama.queue.internal.sqlite.RunStore;
import io.github.ohhhllama.queue.internal.sqlite.ScheduleMemory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes runs, and says what was done in each. Thread-safe. */
final class RunBook {

    private static final Logger LOG = LoggerFactory.getLogger(RunBook.class);

    private final RunStore runs;
    private final FetchStore fetches;
    private final Listeners listeners;
    private final Clock clock;

    RunBook(RunStore runs, FetchStore fetches, Listeners listeners, Clock clock) {
        this.runs = runs;
        this.fetches = fetches;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** Returns the run that is under way, if one is. */
    Optional<Run> current() {
        return runs.currentRun();
    }

    /**
     * Opens a run, unless one is under way.
     *
     * @param cause why
     * @param until when it ends, or null if that is when nothing is left to try
     */
    void start(Run.Cause cause, @Nullable Instant until) {
        runs.startRun(cause, until).ifPresent(run -> listeners.shiftBegan());
    }

    /**
     * Opens a run because the schedule says so.
     *
     * @param memory up to which moment starts were considered
     * @param from up to which moment they were
     * @param to up to which they are now
     * @return whether one was opened, or became the schedule's: not if somebody else did, or one without an end is under way
     */
    boolean startDue(ScheduleMemory memory, Instant from, Instant to) {
        boolean started = runs.startDue(memory, from, to).isPresent();
        if (started) {
            listeners.shiftBegan();
        }
        return started;
    }

    /**
     * Opens a run because a person wants one now; the pauses of all that wait are over then.
     *
     * @param until when it ends, or null if that is when nothing is left to try
     * @return whether one was opened: not if nothing waits or one is under way
     */
    boolean startNow(@Nullable Instant until) {
        return runs.startRunNow(until).isPresent();
    }

    /**
     * Sets when a run of the schedule ends.
     *
     * @param run the run
     * @param until its end
     */
    void extend(Run run, Instant until) {
        runs.setUntil(run.id(), until);
    }

    /**
     * Sets when a run ends because a person says so, whose it is from then on.
     *
     * @param run the run as it was seen
     * @param until its end
     * @return whether it was still so; if not, nothing changed
     */
    boolean prolong(Run run, Instant until) {
        return runs.prolong(run, until);
    }

    /**
     * Closes a run and says what was done in it, unless it has another end by now.
     *
     * @param run the run as it was seen
     */
    void finish(Run run) {
        boolean finished = runs.finishRun(run);
        Instant now = clock.instant();
        if (finished && now.isAfter(run.startedAt())) {
            report(new ShiftSummary(new Window(run.startedAt(), now), fetches.of(run.id())));
        }
    }

    private void report(ShiftSummary summary) {
        List<Fetch> failures = summary.failures();
        LOG.info(
                "the queue rests; models: {}, MB: {}, MB/s on average: {}, at the peak: {}, failed attempts: {}{}",
                summary.completed(),
                summary.bytes() / 1_000_000,
                megabytes(summary.meanRate()),
                megabytes(summary.peakRate()),
                failures.size(),
                failures.isEmpty() ? "" : " (" + summary.reasons() + ')');
        listeners.shiftEnded(summary);
    }

    private static double megabytes(long bytes) {
        return Math.round(bytes / 100_000.0) / 10.0;
    }
}
