package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.RUNS;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.RunsRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the runs of the queue, of which at most one is unfinished, whatever process started it.
 *
 * <p>Thread-safe. Every method throws {@link QueueStorageException} if the database cannot be used at the moment.
 */
public final class RunStore {

    private final Database database;
    private final Clock clock;

    /**
     * Creates the store.
     *
     * @param database where the runs are kept
     * @param clock tells when a run starts and ends
     */
    public RunStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Returns the run that is not finished, if there is one. */
    public Optional<Run> currentRun() {
        return database.read(RunStore::current);
    }

    /**
     * Starts a run. Entries that have waited for long behind those of higher priorities rise by one, each time a run
     * starts and they have waited for three days more.
     *
     * @param cause why
     * @param until when it is to end at the latest, or null if it goes on until nothing is left to try
     * @return the run, or empty if one is not finished yet
     */
    public Optional<Run> startRun(Run.Cause cause, @Nullable Instant until) {
        return database.write(context -> start(context, cause, until));
    }

    /**
     * Starts a run because the schedule says so, in one transaction with taking care of its starts. A run with an end that
     * a person began becomes one of the schedule, which has none.
     *
     * @param memory up to which moment starts were considered
     * @param from what {@link ScheduleMemory#consideredUntil} returned
     * @param to the moment up to which the starts are taken care of
     * @return the run, or empty if somebody else took care of them, or a run without an end is under way
     */
    public Optional<Run> startDue(ScheduleMemory memory, Instant from, Instant to) {
        return database.write(context -> memory.advance(from, to) ? startOrTakeOver(context) : Optional.empty());
    }

    /**
     * Starts a run for whoever asks for one, in which every waiting entry may be tried at once, whatever pause it was in;
     * in a run that is not finished yet the pauses end as well.
     *
     * @param until when it is to end at the latest, or null if it goes on until nothing is left to try
     * @return the run, or empty if nothing waits or a run is not finished yet
     */
    public Optional<Run> startRunNow(@Nullable Instant until) {
        return database.write(context -> {
            context.update(QUEUE)
                    .setNull(QUEUE.RETRY_AT)
                    .setNull(QUEUE.DEFERRED_RUN)
                    .where(Entries.PENDING)
                    .and(QUEUE.RETRY_AT.isNotNull().or(QUEUE.DEFERRED_RUN.isNotNull()))
                    .execute();
            return context.fetchExists(QUEUE, Entries.ACTIVE)
                    ? start(context, Run.Cause.OPERATOR, until)
                    : Optional.empty();
        });
    }

    /**
     * Sets when a run of the schedule is to end; one that ended before, or is a person's by now, stays as it is.
     *
     * @param id its number
     * @param until the moment
     */
    public void setUntil(long id, Instant until) {
        database.write(context -> context.update(RUNS)
                .set(RUNS.UNTIL, until)
                .where(RUNS.ID.eq(id))
                .and(RUNS.FINISHED_AT.isNull())
                .and(RUNS.CAUSE.eq(Run.Cause.SCHEDULE.word()))
                .execute());
    }

    /**
     * Sets when a run is to end because a person says so, whose it is from then on.
     *
     * @param run the run as it was seen
     * @param until the moment
     * @return whether it was still so; if not, nothing changed
     */
    public boolean prolong(Run run, Instant until) {
        return database.write(context -> context.update(RUNS)
                        .set(RUNS.UNTIL, until)
                        .set(RUNS.CAUSE, Run.Cause.OPERATOR.word())
                        .where(isStill(run))
                        .execute()
                == 1);
    }

    /**
     * Ends a run.
     *
     * @param run the run as it was seen
     * @return whether it was still so; if not, nothing changed
     */
    public boolean finishRun(Run run) {
        Instant now = clock.instant();
        return database.write(context -> context.update(RUNS)
                        .set(RUNS.FINISHED_AT, now)
                        .where(isStill(run))
                        .execute()
                == 1);
    }

    /** Another process, or another thread, may have given it another end meanwhile. */
    private static Condition isStill(Run run) {
        return RUNS.ID
                .eq(run.id())
                .and(RUNS.FINISHED_AT.isNull())
                .and(RUNS.CAUSE.eq(run.cause().word()))
                .and(RUNS.UNTIL.isNotDistinctFrom(run.until()));
    }

    private Optional<Run> startOrTakeOver(DSLContext context) {
        Optional<Run> present = current(context);
        if (present.isEmpty()) {
            return start(context, Run.Cause.SCHEDULE, null);
        }
        return present.filter(run -> run.cause() == Run.Cause.OPERATOR && run.until() != null)
                .map(run -> takeOver(context, run));
    }

    /** What was left to the next run has it now, and those who waited for long rise as at every start. */
    private Run takeOver(DSLContext context, Run run) {
        context.update(RUNS)
                .set(RUNS.CAUSE, Run.Cause.SCHEDULE.word())
                .setNull(RUNS.UNTIL)
                .where(RUNS.ID.eq(run.id()))
                .execute();
        context.update(QUEUE)
                .setNull(QUEUE.DEFERRED_RUN)
                .where(QUEUE.DEFERRED_RUN.eq(run.id()))
                .execute();
        Ageing.raise(context, clock.instant());
        return new Run(run.id(), Run.Cause.SCHEDULE, run.startedAt(), null);
    }

    private Optional<Run> start(DSLContext context, Run.Cause cause, @Nullable Instant until) {
        if (current(context).isPresent()) {
            return Optional.empty();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        context.insertInto(RUNS)
                .set(RUNS.CAUSE, cause.word())
                .set(RUNS.STARTED_AT, now)
                .set(RUNS.UNTIL, until)
                .execute();
        long id = context.lastID().longValue();
        Ageing.raise(context, now);
        return Optional.of(new Run(id, cause, now, until));
    }

    static Optional<Run> current(DSLContext context) {
        return context.selectFrom(RUNS)
                .where(RUNS.FINISHED_AT.isNull())
                .fetchOptional()
                .map(RunStore::run);
    }

    private static Run run(RunsRecord row) {
        return new Run(row.getId(), Run.Cause.of(row.getCause()), row.getStartedAt(), row.getUntil());
    }
}
