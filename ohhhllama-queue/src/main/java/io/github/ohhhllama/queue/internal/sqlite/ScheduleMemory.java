package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.SCHEDULE;

import io.github.ohhhllama.QueueStorageException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Remembers up to which moment the starts of the schedule were looked at, so that none is missed and none is acted on
 * twice, whichever process looks.
 *
 * <p>Thread-safe. Every method throws {@link QueueStorageException} if the database cannot be used at the moment.
 */
public final class ScheduleMemory {

    private static final long ONLY_ROW = 1;

    private final Database database;
    private final Clock clock;

    /**
     * Creates the memory.
     *
     * @param database where it is kept
     * @param clock tells from when on a new schedule counts
     */
    public ScheduleMemory(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Returns the moment up to which the starts were looked at. A schedule that was not known before, or differs from the
     * one that was, counts from now on.
     *
     * @param expression the schedule
     * @param zone the zone its hours are meant in
     */
    public Instant consideredUntil(String expression, String zone) {
        Instant known = database.read(context -> new Known(stored(context, expression, zone)))
                .until();
        return known != null ? known : database.write(context -> remember(context, expression, zone));
    }

    /**
     * Moves the moment on, unless somebody else did.
     *
     * @param from what {@link #consideredUntil} returned
     * @param to the moment up to which the starts are taken care of
     * @return whether the caller, and nobody else, may act on the starts in between
     */
    public boolean advance(Instant from, Instant to) {
        return database.write(context -> context.update(SCHEDULE)
                        .set(SCHEDULE.CONSIDERED_UNTIL, to)
                        .where(SCHEDULE.CONSIDERED_UNTIL.eq(from))
                        .execute()
                == 1);
    }

    private Instant remember(DSLContext context, String expression, String zone) {
        Instant known = stored(context, expression, zone);
        if (known != null) {
            return known;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        context.insertInto(SCHEDULE)
                .set(SCHEDULE.ID, ONLY_ROW)
                .set(SCHEDULE.EXPRESSION, expression)
                .set(SCHEDULE.ZONE, zone)
                .set(SCHEDULE.CONSIDERED_UNTIL, now)
                .onConflict(SCHEDULE.ID)
                .doUpdate()
                .set(SCHEDULE.EXPRESSION, expression)
                .set(SCHEDULE.ZONE, zone)
                .set(SCHEDULE.CONSIDERED_UNTIL, now)
                .execute();
        return now;
    }

    private static @Nullable Instant stored(DSLContext context, String expression, String zone) {
        return context.select(SCHEDULE.CONSIDERED_UNTIL)
                .from(SCHEDULE)
                .where(SCHEDULE.EXPRESSION.eq(expression))
                .and(SCHEDULE.ZONE.eq(zone))
                .fetchOne(SCHEDULE.CONSIDERED_UNTIL);
    }

    private record Known(@Nullable Instant until) {}
}
