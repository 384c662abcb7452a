package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.HOLDS;

import io.github.ohhhllama.Hold;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.HoldsRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what holds the whole queue back. The causes stand beside each other, and each is lifted by itself.
 *
 * <p>Thread-safe. Every method throws {@link QueueStorageException} if the database cannot be used at the moment.
 */
public final class HoldStore {

    private final Database database;
    private final Clock clock;

    /**
     * Creates the store.
     *
     * @param database where it is kept
     * @param clock tells since when something holds, and whether it still does
     */
    public HoldStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Is something that holds the queue back.
     *
     * @param cause what it is
     * @param since since when
     * @param until when it is lifted by itself, or null if it is not
     */
    public record Standing(
            Hold.Cause cause, Instant since, @Nullable Instant until) {}

    /**
     * Lets a cause hold the queue back; if it does already, only its end is set anew.
     *
     * @param cause the cause
     * @param until when it is lifted by itself, or null if it is not
     */
    public void set(Hold.Cause cause, @Nullable Instant until) {
        Instant now = clock.instant();
        database.write(context -> {
            Instant since = find(context, cause, now).map(Standing::since).orElse(now);
            return context.insertInto(HOLDS)
                    .set(HOLDS.CAUSE, cause.word())
                    .set(HOLDS.SINCE, since)
                    .set(HOLDS.UNTIL, until)
                    .onConflict(HOLDS.CAUSE)
                    .doUpdate()
                    .set(HOLDS.SINCE, since)
                    .set(HOLDS.UNTIL, until)
                    .execute();
        });
    }

    /**
     * Lifts a cause.
     *
     * @param cause the cause
     * @return whether it held the queue back
     */
    public boolean lift(Hold.Cause cause) {
        Instant now = clock.instant();
        return database.write(context -> {
            boolean held = find(context, cause, now).isPresent();
            context.deleteFrom(HOLDS).where(HOLDS.CAUSE.eq(cause.word())).execute();
            return held;
        });
    }

    /**
     * Looks a cause up.
     *
     * @param cause the cause
     * @return since when and until when it holds the queue back, or empty if it does not, or not any more
     */
    public Optional<Standing> find(Hold.Cause cause) {
        Instant now = clock.instant();
        return database.read(context -> find(context, cause, now));
    }

    private static Optional<Standing> find(DSLContext context, Hold.Cause cause, Instant now) {
        return context.selectFrom(HOLDS)
                .where(HOLDS.CAUSE.eq(cause.word()))
                .and(HOLDS.UNTIL.isNull().or(HOLDS.UNTIL.gt(now)))
                .fetchOptional()
                .map(row -> standing(cause, row));
    }

    private static Standing standing(Hold.Cause cause, HoldsRecord row) {
        return new Standing(cause, row.getSince(), row.getUntil());
    }
}
