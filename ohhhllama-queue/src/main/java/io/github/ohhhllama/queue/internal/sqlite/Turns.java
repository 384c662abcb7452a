package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.TURNS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import io.github.ohhhllama.Priority;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Knows how far the turns of each rank have come; rows that others write get theirs from a trigger. */
final class Turns {

    private static final Field<Long> NEXT = greatest(
            coalesce(field(select(TURNS.TAKEN).from(TURNS).where(TURNS.RANK.eq(0L))), inline(0L)),
            coalesce(
                    field(select(min(QUEUE.TURN))
                            .from(QUEUE)
                            .where(Entries.PENDING)
                            .and(QUEUE.RANK.eq(0L))),
                    inline(0L)),
            coalesce(
                    field(select(max(QUEUE.TURN).plus(inline(1L)))
                            .from(QUEUE)
                            .where(QUEUE.REQUESTER.eq(""))
                            .and(QUEUE.RANK.eq(0L))
                            .and(Entries.ACTIVE)),
                    inline(0L)));

    private static final RenderedQuery NEXT_TURN = RenderedQuery.of(Connections.RENDERING.select(NEXT));

    private Turns() {}

    /**
     * Returns the turn of a new entry, as the trigger does.
     */
    static long next(DSLContext context, long rank, String client) {
        return NEXT_TURN.number(context, rank, rank, client.trim(), rank).orElseThrow();
    }

    /** Returns where a priority stands among them all, the first at 0. */
    static long rank(Priority priority) {
        return switch (priority) {
            case HIGH -> 0;
            case NORMAL -> 1;
            case LOW -> 2;
        };
    }

    /** Returns the last turn of a priority's rank whose download began. */
    static long taken(DSLContext context, long rank) {
        return context.select(TURNS.TAKEN)
                .from(TURNS)
                .where(TURNS.RANK.eq(rank))
                .fetchOptional(TURNS.TAKEN)
                .orElse(0L);
    }

    /** Returns the least or the greatest turn among some rows, or null if there are none. */
    static @Nullable Long of(DSLContext context, Field<Long> what, Condition which) {
        return context.select(what).from(QUEUE).where(which).fetchSingle().value1();
    }
}
