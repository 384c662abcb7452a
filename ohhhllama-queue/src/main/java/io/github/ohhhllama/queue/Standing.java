package io.github.ohhhllama.queue;

import io.github.ohhhllama.Hold;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.queue.internal.plan.Holds;
import io.github.ohhhllama.queue.internal.sqlite.HoldStore;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells how things stand: whether the queue runs, until when, and what keeps it from running. Thread-safe. */
final class Standing {

    private final Supplier<Schedule> timing;
    private final RunBook runs;
    private final Shifts shifts;
    private final HoldStore holds;
    private final Stillness stillness;
    private final Clock clock;

    Standing(
            Supplier<Schedule> timing, RunBook runs, Shifts shifts, HoldStore holds, Stillness stillness, Clock clock) {
        this.timing = timing;
        this.runs = runs;
        this.shifts = shifts;
        this.holds = holds;
        this.stillness = stillness;
        this.clock = clock;
    }

    /** Returns the zone in which days and hours are meant. */
    ZoneId zone() {
        return timing.get().zone();
    }

    /** Returns when the queue runs. */
    ScheduleStatus schedule() {
        Instant now = clock.instant();
        Optional<Run> run = runs.current();
        Schedule current = timing.get();
        return new ScheduleStatus(
                current.expression(),
                current.zone(),
                shifts.nextStart(now),
                run.map(Run::startedAt).orElse(null),
                shifts.end(run, now).orElse(null),
                pause().orElse(null),
                stillness.verdict().orElse(null));
    }

    /** Returns the pause made by hand, in words, if there is one. */
    Optional<Hold> pause() {
        Instant now = clock.instant();
        return holds.find(Hold.Cause.MANUAL).map(held -> new Holds(now, zone()).manual(held.until()));
    }
}
