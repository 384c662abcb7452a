package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;

import io.github.ohhhllama.EntryEvent.Kind;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Instant;
import org.jooq.DSLContext;

/** Lets an entry be tried although it was given up, pauses, or no window is open. */
final class Chances {

    private static final String ASKED_FOR = "asked for";

    private Chances() {}

    /**
     * Gives an entry another chance right away.
     *
     * @return whether it waits now
     */
    static boolean retry(DSLContext context, long id, Instant now) {
        QueueRecord row = Entries.byId(context, id).orElse(null);
        if (row == null || Entries.request(row) == null) {
            return false;
        }
        if (row.getStatus() == EntryState.PENDING) {
            if (row.getRetryAt() != null || row.getDeferredRun() != null) {
                endPause(context, id);
                Events.add(context, id, Kind.RETRIED, ASKED_FOR, now);
            }
            return true;
        }
        if (row.getStatus() != EntryState.FAILED || isActive(context, row.getModelKey())) {
            return false;
        }
        revive(context, id, now);
        Events.add(context, id, Kind.RETRIED, ASKED_FOR, now);
        return true;
    }

    /**
     * Gives a waiting entry a permit of its own.
     *
     * @return whether it waits
     */
    static boolean permit(DSLContext context, long id, Instant now) {
        QueueRecord row = Entries.pending(context, id).orElse(null);
        if (row == null) {
            return false;
        }
        endPause(context, id);
        if (!row.getPermit()) {
            context.update(QUEUE).set(QUEUE.PERMIT, true).where(QUEUE.ID.eq(id)).execute();
            Events.add(context, id, Kind.PERMITTED, "", now);
        }
        return true;
    }

    /**
     * Gives an entry up that waits.
     *
     * @return whether it waited
     */
    static boolean refuse(DSLContext context, long id, String error, Instant now) {
        boolean waited = context.update(QUEUE)
                        .set(QUEUE.STATUS, EntryState.FAILED)
                        .set(QUEUE.ERROR, error)
                        .set(QUEUE.UPDATED_AT, now)
                        .where(QUEUE.ID.eq(id))
                        .and(Entries.PENDING)
                        .execute()
                == 1;
        if (waited) {
            Events.add(context, id, Kind.FAILED, error, now);
        }
        return waited;
    }

    private static void endPause(DSLContext context, long id) {
        context.update(QUEUE)
                .setNull(QUEUE.RETRY_AT)
                .setNull(QUEUE.DEFERRED_RUN)
                .where(QUEUE.ID.eq(id))
                .execute();
    }

    /** The size is asked for anew, as nobody knows what became of the files since, and its nights are counted anew. */
    private static void revive(DSLContext context, long id, Instant now) {
        context.update(QUEUE)
                .set(QUEUE.STATUS, EntryState.PENDING)
                .set(QUEUE.UPDATED_AT, now)
                .setNull(QUEUE.RETRY_AT)
                .setNull(QUEUE.DEFERRED_RUN)
                .setNull(QUEUE.SIZE)
                .setNull(QUEUE.MISSING)
                .setNull(QUEUE.MANIFEST_DIGEST)
                .set(QUEUE.FETCHED, 0L)
                .set(QUEUE.NIGHTS, 0L)
                .setNull(QUEUE.LAST_RUN)
                .where(QUEUE.ID.eq(id))
                .execute();
    }

    private static boolean isActive(DSLContext context, String key) {
        return context.fetchExists(QUEUE, QUEUE.MODEL_KEY.eq(key).and(Entries.ACTIVE));
    }
}
