package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;

import io.github.ohhhllama.EntryEvent.Kind;
import io.github.ohhhllama.Priority;
import io.github.ohhhllama.Spot;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Gives waiting entries another place. */
final class Moves {

    /** Stands before all priorities. */
    private static final long MOVED = -1;

    private Moves() {}

    /**
     * Moves an entry.
     *
     * @return whether that was possible: it waits, and so does the one before which it is to stand
     */
    static boolean move(DSLContext context, long id, Spot spot, Instant now) {
        if (Entries.pending(context, id).isEmpty()) {
            return false;
        }
        if (spot instanceof Spot.Before before) {
            QueueRecord other = Entries.pending(context, before.entry()).orElse(null);
            if (other == null) {
                return false;
            }
            if (other.getId() != id) {
                before(context, id, other, now);
            }
        } else if (spot instanceof Spot.Among among) {
            among(context, id, among.priority(), now);
        } else {
            first(context, id);
        }
        Events.add(context, id, Kind.MOVED, words(spot), now);
        return true;
    }

    private static void first(DSLContext context, long id) {
        Condition others = Entries.PENDING.and(QUEUE.RANK.eq(MOVED)).and(QUEUE.ID.ne(id));
        Long least = Turns.of(context, min(QUEUE.TURN), others);
        beforeAll(context, id, least == null ? 0 : least - 1);
    }

    /** Makes a gap of one turn right before the other. */
    private static void before(DSLContext context, long id, QueueRecord other, Instant now) {
        long turn = other.getTurn();
        context.update(QUEUE)
                .set(QUEUE.TURN, QUEUE.TURN.plus(2))
                .where(Entries.ACTIVE)
                .and(QUEUE.RANK.eq(other.getRank()))
                .and(QUEUE.TURN.gt(turn).or(QUEUE.TURN.eq(turn).and(QUEUE.ID.ge(other.getId()))))
                .execute();
        if (other.getMoved()) {
            beforeAll(context, id, turn + 1);
        } else {
            within(context, id, other, turn + 1, now);
        }
    }

    private static void among(DSLContext context, long id, Priority priority, Instant now) {
        long rank = Turns.rank(priority);
        Condition others = Entries.ACTIVE.and(QUEUE.RANK.eq(rank)).and(QUEUE.ID.ne(id));
        Long last = Turns.of(context, max(QUEUE.TURN), others);
        long taken = Turns.taken(context, rank);
        QueueRecord like = new QueueRecord();
        like.setPriority(priority);
        like.setRisen(0L);
        like.setRank(rank);
        within(context, id, like, last == null ? taken : Math.max(taken, last + 1), now);
    }

    private static void beforeAll(DSLContext context, long id, long turn) {
        context.update(QUEUE)
                .set(QUEUE.MOVED, true)
                .set(QUEUE.RANK, MOVED)
                .set(QUEUE.TURN, turn)
                .where(QUEUE.ID.eq(id))
                .execute();
    }

    private static void within(DSLContext context, long id, QueueRecord like, long turn, Instant now) {
        context.update(QUEUE)
                .set(QUEUE.MOVED, false)
                .set(QUEUE.PRIORITY, like.getPriority())
                .set(QUEUE.RISEN, like.getRisen())
                .set(QUEUE.RANK, like.getRank())
                .set(QUEUE.RANKED_AT, now)
                .set(QUEUE.TURN, turn)
                .where(QUEUE.ID.eq(id))
                .execute();
    }

    private static String words(Spot spot) {
        if (spot instanceof Spot.Before before) {
            return "before " + before.entry();
        }
        return spot instanceof Spot.Among among ? among.priority().word() : "first";
    }
}
