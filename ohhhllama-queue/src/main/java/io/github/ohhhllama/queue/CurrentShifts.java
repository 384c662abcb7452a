package io.github.ohhhllama.queue;

import io.github.ohhhllama.queue.internal.plan.Hours;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets the schedule be another one from one look at the clock to the next. Thread-safe.
 *
 * <p>Nothing else is to be done for a change: the running download asks once a second whether it may go on, and the drain
 * opens and closes runs by what the clock says, so a window that an edit closes ends like any other.
 */
final class CurrentShifts implements Shifts {

    private final RunBook runs;
    private volatile Shifts rule;
    private volatile boolean windowIsGone;

    /**
     * Creates shifts.
     *
     * @param runs opens and closes runs
     * @param rule the rule to begin with
     */
    CurrentShifts(RunBook runs, Shifts rule) {
        this.runs = runs;
        this.rule = rule;
    }

    /**
     * Puts another rule in force.
     *
     * @param next the rule from now on
     */
    synchronized void replace(Shifts next) {
        // Without windows a run lasts until nothing is left to try; one that was a window is not to last like that.
        windowIsGone |= runs.current()
                .filter(run -> !rule.endsWhenEmpty(run) && next.endsWhenEmpty(run))
                .isPresent();
        rule = next;
    }

    @Override
    public synchronized void apply() {
        if (windowIsGone) {
            runs.current().filter(CurrentShifts::isScheduled).ifPresent(runs::finish);
            windowIsGone = false;
        }
        rule.apply();
    }

    @Override
    public boolean isOpen(Optional<Run> run, Instant now) {
        return !(windowIsGone && run.filter(CurrentShifts::isScheduled).isPresent()) && rule.isOpen(run, now);
    }

    @Override
    public boolean endsWhenEmpty(Run run) {
        return rule.endsWhenEmpty(run);
    }

    @Override
    public boolean prolong(Run run, Instant until) {
        return rule.prolong(run, until);
    }

    @Override
    public Instant nextStart(Instant now) {
        return rule.nextStart(now);
    }

    @Override
    public Optional<Instant> end(Optional<Run> run, Instant now) {
        return rule.end(run, now);
    }

    @Override
    public Optional<Instant> windowOpened(Instant moment) {
        return rule.windowOpened(moment);
    }

    @Override
    public Hours hours(Instant now) {
        return rule.hours(now);
    }

    private static boolean isScheduled(Run run) {
        return run.cause() == Run.Cause.SCHEDULE;
    }
}
