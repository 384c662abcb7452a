package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.min;

import io.github.ohhhllama.Priority;
import java.time.Duration;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * Keeps entries of lower priorities from waiting for ever: who has waited for three days in one rank behind entries of a
 * higher one stands among these from then on, in front. The priority that was asked for stays as it is.
 */
final class Ageing {

    private static final Duration PATIENCE = Duration.ofDays(3);

    private Ageing() {}

    /** Raises those whose patience is over by one rank. */
    static void raise(DSLContext context, Instant now) {
        raise(context, Turns.rank(Priority.NORMAL), now);
        raise(context, Turns.rank(Priority.LOW), now);
    }

    private static void raise(DSLContext context, long rank, Instant now) {
        Condition impatient = Entries.PENDING
                .and(QUEUE.RANK.eq(rank))
                .and(coalesce(QUEUE.RANKED_AT, QUEUE.CREATED_AT).le(now.minus(PATIENCE)));
        Long from = Turns.of(context, min(QUEUE.TURN), impatient);
        // Where nobody of a higher priority waits, rising would change nothing but the rank of the next who asks for
        // it.
        if (from == null || !context.fetchExists(QUEUE, Entries.PENDING.and(QUEUE.RANK.between(0L, rank - 1)))) {
            return;
        }
        Long first = Turns.of(context, min(QUEUE.TURN), Entries.PENDING.and(QUEUE.RANK.eq(rank - 1)));
        long to = Math.max(Turns.taken(context, rank - 1), first == null ? 0 : first);
        context.update(QUEUE)
                .set(QUEUE.RISEN, QUEUE.RISEN.plus(1))
                .set(QUEUE.RANK, rank - 1)
                .set(QUEUE.RANKED_AT, now)
                .set(QUEUE.TURN, QUEUE.TURN.plus(to - from))
                .where(impatient)
                .execute();
    }
}
