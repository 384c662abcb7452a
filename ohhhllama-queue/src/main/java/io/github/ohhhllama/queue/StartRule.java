package io.github.ohhhllama.queue;

import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import io.github.ohhhllama.queue.internal.sqlite.RunStore;
import io.github.ohhhllama.queue.internal.sqlite.ScheduleMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the schedule has a start that nobody has acted on yet.
 *
 * <p>The database remembers up to which moment starts were considered; whatever fell due since then, while the program
 * was down, the machine asleep or the hour skipped by daylight saving, is caught up by one run. Called by the drain's
 * thread only.
 */
final class StartRule {

    /** A clock that goes back by less is being corrected; by more, it was wrong before and the memory is worthless. */
    private static final Duration CORRECTION = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(StartRule.class);

    private final RunStore runs;
    private final ScheduleMemory memory;
    private final CronSchedule schedule;
    private final Clock clock;

    StartRule(RunStore runs, ScheduleMemory memory, CronSchedule schedule, Clock clock) {
        this.runs = runs;
        this.memory = memory;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** Opens a run if one is due and none is open. */
    void apply() {
        Instant now = clock.instant();
        Instant considered =
                memory.consideredUntil(schedule.expression(), schedule.zone().getId());
        if (considered.isAfter(now.plus(CORRECTION))) {
            LOG.info("the clock went back from {} to {}, starts are counted from now on", considered, now);
            memory.advance(considered, now);
            return;
        }
        Instant due = schedule.next(considered);
        // Of several processes on one database, the one that moves the memory on is the one that acts.
        if (!due.isAfter(now) && memory.advance(considered, now)) {
            LOG.info("the schedule starts the queue (due at {})", due);
            runs.startRun(Run.Cause.SCHEDULE);
        }
    }
}
