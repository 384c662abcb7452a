package io.github.ohhhllama.queue;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import io.github.ohhhllama.queue.internal.plan.Hours;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import io.github.ohhhllama.queue.internal.sqlite.ScheduleMemory;
import io.github.ohhhllama.queue.internal.window.Timetable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a run when a cron schedule fires; it goes on until nothing is left to try.
 *
 * <p>The database remembers up to which moment starts were considered; whatever fell due since then, while the program
 * was down, the machine asleep or the hour skipped by daylight saving, is caught up by one run.
 */
final class CronShifts implements Shifts {

    /** A clock that goes back by less is being corrected; by more, it was wrong before and the memory is worthless. */
    private static final Duration CORRECTION = Duration.ofHours(1);

    /** So many starts in a row that are not allowed are all that is looked at: every day's, for more than a year. */
    private static final int MOST_STARTS = 400;

    private static final Logger LOG = LoggerFactory.getLogger(CronShifts.class);

    private final RunBook runs;
    private final ScheduleMemory memory;
    private final CronSchedule schedule;
    private final Timetable allowed;
    private final Clock clock;

    /**
     * Creates the rule.
     *
     * @param runs opens and closes runs
     * @param memory up to which moment starts were considered
     * @param schedule when runs begin
     * @param allowed when they may; a start at another time is left out, and a run that comes there ends
     * @param clock tells the time
     */
    CronShifts(RunBook runs, ScheduleMemory memory, CronSchedule schedule, Timetable allowed, Clock clock) {
        this.runs = runs;
        this.memory = memory;
        this.schedule = schedule;
        this.allowed = allowed;
        this.clock = clock;
    }

    @Override
    public void apply() {
        Instant now = clock.instant();
        runs.current().filter(run -> !isOpen(Optional.of(run), now)).ifPresent(runs::finish);
        Instant considered =
                memory.consideredUntil(schedule.expression(), schedule.zone().getId());
        if (considered.isAfter(now.plus(CORRECTION))) {
            LOG.info("the clock went back from {} to {}, starts are counted from now on", considered, now);
            memory.advance(considered, now);
            return;
        }
        Instant due = nextStart(considered);
        if (due.isAfter(now)) {
            stepOver(considered, now);
        } else if (allowed.at(now).isPresent() && runs.startDue(memory, considered, now)) {
            LOG.info("the schedule started the queue (due at {})", due);
        }
    }

    /** What was left out must not be caught up when the black-out that left it out is forgotten. */
    private void stepOver(Instant considered, Instant now) {
        if (!schedule.next(considered).isAfter(now)) {
            memory.advance(considered, now);
        }
    }

    @Override
    public boolean isOpen(Optional<Run> run, Instant now) {
        return run.isPresent()
                && run.get().lasts(now)
                && (run.get().cause() == Run.Cause.OPERATOR || allowed.at(now).isPresent());
    }

    @Override
    public boolean endsWhenEmpty(Run run) {
        return true;
    }

    @Override
    public boolean prolong(Run run, Instant until) {
        // One of the schedule lasts until nothing is left to try, which no end makes longer.
        return run.cause() == Run.Cause.SCHEDULE || runs.prolong(run, until);
    }

    @Override
    public Instant nextStart(Instant now) {
        return nextStart(schedule, allowed, now);
    }

    /**
     * Returns the next start that is allowed.
     *
     * @param schedule when runs begin
     * @param allowed when they may
     * @param after after this moment
     * @return the start, or {@link CronSchedule#NEVER} if there is none, or hundreds in a row are not allowed
     */
    static Instant nextStart(CronSchedule schedule, Timetable allowed, Instant after) {
        Instant start = schedule.next(after);
        for (int looked = 0;
                start.isBefore(CronSchedule.NEVER) && allowed.at(start).isEmpty();
                looked++) {
            Instant again = looked == MOST_STARTS
                    ? CronSchedule.NEVER
                    : allowed.next(start).map(Window::opens).orElse(CronSchedule.NEVER);
            start = again.isBefore(CronSchedule.NEVER) ? schedule.next(again.minusMillis(1)) : CronSchedule.NEVER;
        }
        return start;
    }

    @Override
    public Optional<Instant> end(Optional<Run> run, Instant now) {
        return run.map(Run::until);
    }

    @Override
    public Optional<Instant> windowOpened(Instant moment) {
        return Optional.empty();
    }

    @Override
    public Hours hours(Instant now) {
        return new Hours.UntilEmpty(nextStart(now));
    }
}
