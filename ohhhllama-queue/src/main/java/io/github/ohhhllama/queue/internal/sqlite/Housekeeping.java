package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.FETCHES;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.NOTICES;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.PACE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.RUNS;

import io.github.ohhhllama.QueueStorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Forgets what is too old to be of use. Thread-safe.
 */
public final class Housekeeping {

    /** Longer than anybody tries: what is as old has nobody any more who could be told. */
    private static final Duration UNDELIVERABLE = Duration.ofDays(7);

    private final Database database;

    /**
     * Creates the housekeeping.
     *
     * @param database where things get old
     */
    public Housekeeping(Database database) {
        this.database = database;
    }

    /**
     * Forgets the attempts, the runs and the entries that ended before a moment, with their stories, how fast the line was
     * then, and what nobody took.
     *
     * @param before the moment
     * @return how many rows are gone
     * @throws QueueStorageException if the database cannot be used at the moment
     */
    public int forget(Instant before) {
        return database.write(context -> context.deleteFrom(FETCHES)
                        .where(FETCHES.ENDED_AT.lt(before))
                        .execute()
                + context.deleteFrom(QUEUE)
                        .where(Entries.ENDED)
                        .and(QUEUE.UPDATED_AT.lt(before))
                        .execute()
                + context.deleteFrom(RUNS).where(RUNS.FINISHED_AT.lt(before)).execute()
                + context.deleteFrom(PACE)
                        .where(PACE.HOUR_AT.lt(before.truncatedTo(ChronoUnit.HOURS)))
                        .execute()
                + context.deleteFrom(NOTICES)
                        .where(NOTICES.GIVEN_UP_AT.lt(before))
                        .or(NOTICES.HAPPENED_AT.lt(before.minus(UNDELIVERABLE)))
                        .execute());
    }
}
