package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.REFRESHES;

import io.github.ohhhllama.QueueStorageException;
import java.time.Duration;
import java.time.Instant;

/**
 * Remembers when the installed models were compared with their registries, whichever process did it.
 *
 * <p>Thread-safe. Every method throws {@link QueueStorageException} if the database cannot be used at the moment.
 */
public final class RefreshMemory {

    private static final long ONLY_ROW = 1;

    private final Database database;

    /**
     * Creates the memory.
     *
     * @param database where it is kept
     */
    public RefreshMemory(Database database) {
        this.database = database;
    }

    /**
     * Tells whether it is time for the next comparison and, if so, takes it as made.
     *
     * @param now the moment; a comparison that was made later than this was made by a clock that was wrong
     * @param every how long after one the next is made
     * @return whether the caller, and nobody else, is to make it
     */
    public boolean due(Instant now, Duration every) {
        return database.write(context -> context.insertInto(REFRESHES)
                        .set(REFRESHES.ID, ONLY_ROW)
                        .set(REFRESHES.MADE_AT, now)
                        .onConflict(REFRESHES.ID)
                        .doUpdate()
                        .set(REFRESHES.MADE_AT, now)
                        .where(REFRESHES.MADE_AT.le(now.minus(every)).or(REFRESHES.MADE_AT.gt(now)))
                        .execute()
                == 1);
    }
}
