package io.github.ohhhllama.queue;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import io.github.ohhhllama.queue.internal.plan.Hours;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import io.github.ohhhllama.queue.internal.window.Timetable;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a run be the window that is open: it begins and ends by looking at the clock, never by remembering that it began.
 * So a computer that slept, a clock that was set or a window that was edited while it was open change nothing but what
 * the clock and the window say. A run that a person started lasts as long as that person said, window or not; a person makes
 * the window that is open longer, and never shorter.
 */
final class WindowShifts implements Shifts {

    private static final Logger LOG = LoggerFactory.getLogger(WindowShifts.class);

    private final RunBook runs;
    private final Timetable timetable;
    private final Clock clock;

    WindowShifts(RunBook runs, Timetable timetable, Clock clock) {
        this.runs = runs;
        this.timetable = timetable;
        this.clock = clock;
    }

    @Override
    public void apply() {
        Instant now = clock.instant();
        Optional<Window> window = timetable.at(now);
        Optional<Run> run = runs.current();
        if (run.isPresent() && isOver(run.get(), window, now)) {
            runs.finish(run.get());
            run = Optional.empty();
        }
        if (window.isEmpty()) {
            return;
        }
        Instant closes = window.get().closes();
        if (run.isEmpty()) {
            LOG.info("the window is open until {}", closes);
            runs.start(Run.Cause.SCHEDULE, closes);
        } else if (run.get().cause() == Run.Cause.SCHEDULE
                && !closes.equals(run.get().until())) {
            runs.extend(run.get(), closes);
        }
    }

    @Override
    public boolean isOpen(Optional<Run> run, Instant now) {
        return timetable.at(now).isPresent()
                || run.filter(one -> one.cause() == Run.Cause.OPERATOR && one.lasts(now))
                        .isPresent();
    }

    /** One that a person made of the window, and longer, stays open in it for what is still to come. */
    @Override
    public boolean endsWhenEmpty(Run run) {
        Instant until = run.until();
        boolean hasTheWindow = until != null
                && windowOf(run)
                        .filter(window -> !until.isBefore(window.closes()))
                        .isPresent();
        return run.cause() == Run.Cause.OPERATOR && !hasTheWindow;
    }

    @Override
    public boolean prolong(Run run, Instant until) {
        Optional<Instant> closes = windowOf(run).map(Window::closes);
        boolean shorter = closes.filter(close -> !until.isAfter(close)).isPresent();
        if (run.cause() == Run.Cause.SCHEDULE && shorter) {
            return true;
        }
        return runs.prolong(run, shorter ? closes.orElseThrow() : until);
    }

    /** One that began before the window is not the window's, which begins when that one has ended. */
    private Optional<Window> windowOf(Run run) {
        return timetable.at(clock.instant()).filter(window -> !run.startedAt().isBefore(window.opens()));
    }

    @Override
    public Instant nextStart(Instant now) {
        return timetable.next(now).map(Window::opens).orElse(CronSchedule.NEVER);
    }

    @Override
    public Optional<Instant> end(Optional<Run> run, Instant now) {
        if (run.isPresent() && run.get().cause() == Run.Cause.OPERATOR) {
            return Optional.ofNullable(run.get().until());
        }
        return timetable.at(now).or(() -> timetable.next(now)).map(Window::closes);
    }

    @Override
    public Optional<Instant> windowOpened(Instant moment) {
        return timetable.at(moment).map(Window::opens);
    }

    @Override
    public Hours hours(Instant now) {
        return new Hours.Windows(timetable);
    }

    /** A run from another night, which ended while nobody looked, is not the one of tonight. */
    private static boolean isOver(Run run, Optional<Window> window, Instant now) {
        return run.cause() == Run.Cause.OPERATOR
                ? !run.lasts(now)
                : window.isEmpty() || run.startedAt().isBefore(window.get().opens());
    }
}
