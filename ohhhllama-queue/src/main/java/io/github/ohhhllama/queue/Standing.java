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

/** Tells how things stand: whether the queue runs, until when, and what keeps it from running. Thread-safe. */
final class Standing {

    private final String expression;
    private final ZoneId zone;
    private final RunBook runs;
    private final Shifts shifts;
    private final HoldStore holds;
    private final Stillness stillness;
    private final Clock clock;

    Standing(
            String expression,
            ZoneId zone,
            RunBook runs,
            Shifts shifts,
            HoldStore holds,
            Stillness stillness,
            Clock clock) {
        this.expression = expression;
        this.zone = zone;
        this.runs = runs;
        this.shifts = shifts;
        this.holds = holds;
        this.stillness = stillness;
        this.clock = clock;
    }

    /** Returns the zone in which days and hours are meant. */
    ZoneId zone() {
        return zone;
    }

    /** Returns when the queue runs. */
    ScheduleStatus schedule() {
        Instant now = clock.instant();
        Optional<Run> run = runs.current();
        return new ScheduleStatus(
                expression,
                zone,
                shifts.nextStart(now),
                run.map(Run::startedAt).orElse(null),
                shifts.end(run, now).orElse(null),
                pause().orElse(null),
                stillness.verdict().orElse(null));
    }

    /** Returns the pause made by hand, in words, if there is one. */
    Optional<Hold> pause() {
        Instant now = clock.instant();
        return holds.find(Hold.Cause.MANUAL).map(held -> new Holds(now, zone).manual(held.until()));
    }
}
