package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE_COUNTS;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.RUNS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Finds out where active entries stand: what is being downloaded first, then by rank, turn and age. */
final class Places {

    private static final Field<Long> ROWS = count().coerce(Long.class);
    private static final Field<Instant> RUNNING_SINCE =
            field(select(RUNS.STARTED_AT).from(RUNS).where(RUNS.FINISHED_AT.isNull()));

    private static final RenderedQuery STANDING = RenderedQuery.of(Connections.RENDERING.select(
            kept(EntryState.PENDING), kept(EntryState.DOWNLOADING), RUNNING_SINCE, behind(Entries.PENDING)));

    private static final RenderedQuery PENDING_BEHIND =
            RenderedQuery.of(Connections.RENDERING.select(behind(Entries.PENDING)));
    private static final RenderedQuery PENDING_BEFORE =
            RenderedQuery.of(Connections.RENDERING.select(before(Entries.PENDING)));
    private static final RenderedQuery DOWNLOADING_BEFORE =
            RenderedQuery.of(Connections.RENDERING.select(before(Entries.DOWNLOADING)));

    /** How many rows are counted from one end before the other end is tried. */
    private static final int FIRST_STEP = 128;

    private static final int GROWTH = 4;

    private Places() {}

    /**
     * Is what the order of waiting entries goes by.
     *
     * @param id the entry's number, by which age is told
     * @param rank its rank
     * @param turn its turn within the rank
     */
    record Key(long id, long rank, long turn) {}

    /**
     * Is what the place of an entry follows from.
     *
     * @param pending how many entries wait
     * @param downloading how many are being downloaded
     * @param runningSince when the run began that is under way, or null
     * @param behind how many of those that wait stand behind the entry; not counted beyond a few
     */
    private record Standing(
            long pending, long downloading, @Nullable Instant runningSince, long behind) {

        static Standing of(ResultSet row) throws SQLException {
            String since = row.getString(3);
            return new Standing(
                    row.getLong(1), row.getLong(2), since == null ? null : Instant.parse(since), row.getLong(4));
        }
    }

    /**
     * Returns where an active entry stands.
     *
     * @param nextStart when the queue starts next if it rests
     */
    static Place of(DSLContext context, QueueRecord row, Instant nextStart) {
        Key key = new Key(row.getId(), row.getRank(), row.getTurn());
        if (row.getStatus() == EntryState.PENDING) {
            return ofPending(context, key, nextStart);
        }
        long before = counting(context, DOWNLOADING_BEFORE, key, Integer.MAX_VALUE);
        return place(1 + before, standing(context, key), nextStart);
    }

    /**
     * Returns where a waiting entry stands.
     *
     * @param nextStart when the queue starts next if it rests
     */
    static Place ofPending(DSLContext context, Key key, Instant nextStart) {
        Standing standing = standing(context, key);
        long before = standing.behind() < FIRST_STEP
                ? standing.pending() - 1 - standing.behind()
                : pendingBefore(context, key, standing.pending());
        return place(1 + standing.downloading() + before, standing, nextStart);
    }

    /** Counting takes as long as there are rows, so it goes on from both ends by turns: the number of all is kept. */
    private static long pendingBefore(DSLContext context, Key key, long pending) {
        for (int most = FIRST_STEP; ; most *= GROWTH) {
            long before = counting(context, PENDING_BEFORE, key, most);
            if (before < most) {
                return before;
            }
            int more = most * GROWTH;
            long behind = counting(context, PENDING_BEHIND, key, more);
            if (behind < more) {
                return pending - 1 - behind;
            }
        }
    }

    private static Place place(long position, Standing standing, Instant nextStart) {
        Instant startsAt = Objects.requireNonNullElse(standing.runningSince(), nextStart);
        return new Place(Math.toIntExact(Math.max(1, position)), startsAt);
    }

    private static Standing standing(DSLContext context, Key key) {
        return STANDING.row(context, Standing::of, values(key, FIRST_STEP)).orElseThrow();
    }

    /** Counts exactly what is less than the given number; anything from there on says that there are at least so many. */
    private static long counting(DSLContext context, RenderedQuery query, Key key, int most) {
        return query.number(context, values(key, most)).orElseThrow();
    }

    private static Object[] values(Key key, int most) {
        return new Object[] {key.rank(), most, key.rank(), key.turn(), most, key.rank(), key.turn(), key.id(), most};
    }

    private static Field<Long> behind(Condition state) {
        return counted(state.and(QUEUE.RANK.gt(0L)))
                .plus(counted(state.and(QUEUE.RANK.eq(0L)).and(QUEUE.TURN.gt(0L))))
                .plus(counted(sameTurn(state).and(QUEUE.ID.gt(0L))));
    }

    private static Field<Long> before(Condition state) {
        return counted(state.and(QUEUE.RANK.lt(0L)))
                .plus(counted(state.and(QUEUE.RANK.eq(0L)).and(QUEUE.TURN.lt(0L))))
                .plus(counted(sameTurn(state).and(QUEUE.ID.lt(0L))));
    }

    private static Condition sameTurn(Condition state) {
        return state.and(QUEUE.RANK.eq(0L)).and(QUEUE.TURN.eq(0L));
    }

    /** Counts one range of the index: comparing the whole key at once, SQLite goes through all of a turn, row by row. */
    private static Field<Long> counted(Condition range) {
        return field(Connections.RENDERING
                .select(ROWS)
                .from(selectOne().from(QUEUE).where(range).limit(0)));
    }

    private static Field<Long> kept(EntryState state) {
        return field(select(QUEUE_COUNTS.ENTRIES)
                .from(QUEUE_COUNTS)
                .where(QUEUE_COUNTS.STATUS.eq(inline(state, QUEUE_COUNTS.STATUS))));
    }
}
