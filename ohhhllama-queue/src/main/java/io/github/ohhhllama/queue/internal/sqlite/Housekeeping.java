package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.FETCHES;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.PACE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;

import io.github.ohhhllama.QueueStorageException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Forgets what is too old to be of use. Thread-safe.
 */
public final class Housekeeping {

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
     * Forgets the attempts and the entries that ended before a moment, with their stories, and how fast the line was
     * then.
     *
     * @param before the moment
     * @return how many rows are gone
     * @throws QueueStorageException if the database cannot be used at the moment
     */
    public int forget(Instant before) {
        return database.write(context ->
                context.deleteFrom(FETCHES).where(FETCHES.ENDED_AT.lt(before)).execute()
                        + context.deleteFrom(QUEUE)
                                .where(Entries.ENDED)
                                .and(QUEUE.UPDATED_AT.lt(before))
                                .execute()
                        + context.deleteFrom(PACE)
                                .where(PACE.HOUR_AT.lt(before.truncatedTo(ChronoUnit.HOURS)))
                                .execute());
    }
}
