package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.PACE;

import io.github.ohhhllama.QueueStorageException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Keeps how fast the line was, hour by hour.
 *
 * <p>Thread-safe. Every method throws {@link QueueStorageException} if the database cannot be used at the moment.
 */
public final class PaceStore {

    private final Database database;

    /**
     * Creates the store.
     *
     * @param database where the hours are kept
     */
    public PaceStore(Database database) {
        this.database = database;
    }

    /**
     * Adds to the hour of the clock, in UTC, in which a moment lies.
     *
     * @param moment when the bytes came
     * @param bytes how many
     * @param millis how long they took
     */
    public void add(Instant moment, long bytes, long millis) {
        database.write(context -> context.insertInto(PACE)
                .set(PACE.HOUR_AT, moment.truncatedTo(ChronoUnit.HOURS))
                .set(PACE.BYTES, bytes)
                .set(PACE.MILLIS, millis)
                .onConflict(PACE.HOUR_AT)
                .doUpdate()
                .set(PACE.BYTES, PACE.BYTES.plus(bytes))
                .set(PACE.MILLIS, PACE.MILLIS.plus(millis))
                .execute());
    }

    /**
     * Lists the hours in which something was downloaded, in order.
     *
     * @param moment the hour of this moment is the first
     */
    public List<Pace> since(Instant moment) {
        return database.read(context -> context.selectFrom(PACE)
                .where(PACE.HOUR_AT.ge(moment.truncatedTo(ChronoUnit.HOURS)))
                .orderBy(PACE.HOUR_AT)
                .fetch(row -> new Pace(row.getHourAt(), row.getBytes(), row.getMillis())));
    }
}
