package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.jooq.impl.DSL.inline;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.Priority;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SelectConditionStep;
import org.jooq.UpdateSetMoreStep;
import org.jspecify.annotations.Nullable;

/** Finds the rows of the queue, which anybody may have written, and turns them into entries. */
final class Entries {

    static final String INVALID_NAME = "invalid model name";
    static final Condition PENDING = is(EntryState.PENDING);
    static final Condition DOWNLOADING = is(EntryState.DOWNLOADING);

    /** In the words of the index: SQLite uses it for no others. */
    static final Condition ACTIVE = isOneOf(EntryState.PENDING, EntryState.DOWNLOADING);

    /** In the words of the index, too. */
    static final Condition ENDED = isOneOf(EntryState.COMPLETED, EntryState.FAILED);

    /** In the words of another one. */
    static final Condition PERMITTED = QUEUE.PERMIT.eq(inline(true)).and(PENDING);

    private static final String UNKNOWN = "unknown";
    private static final RenderedQuery BY_ID = RenderedQuery.of(rows(QUEUE.ID.eq(0L)));
    /** Answered by the index alone: most requests are for what nobody has asked for yet. */
    private static final RenderedQuery ACTIVE_BY_KEY = RenderedQuery.of(Connections.RENDERING
            .select(QUEUE.ID)
            .from(QUEUE)
            .where(QUEUE.MODEL_KEY.eq(""))
            .and(ACTIVE));

    private static final RenderedQuery ACTIVE_IN_ORDER = RenderedQuery.of(
            // The word "downloading" stands before "pending".
            rows(ACTIVE)
                    .orderBy(QUEUE.STATUS, QUEUE.RANK, QUEUE.TURN, QUEUE.ID)
                    .limit(0)
                    .offset(0));
    private static final RenderedQuery ENDED_LAST = RenderedQuery.of(
            rows(ENDED).orderBy(QUEUE.UPDATED_AT.desc(), QUEUE.ID.desc()).limit(0));

    private static final RenderedQuery INSERT = RenderedQuery.returning(
            Connections.RENDERING
                    .insertInto(QUEUE)
                    .set(QUEUE.MODEL, "")
                    .set(QUEUE.MODEL_KEY, "")
                    .set(QUEUE.REQUESTER_IP, "")
                    .set(QUEUE.CLIENT, "")
                    .set(QUEUE.INSECURE, false)
                    .set(QUEUE.REFRESH, false)
                    .set(QUEUE.CREATED_AT, Instant.EPOCH)
                    .set(QUEUE.UPDATED_AT, Instant.EPOCH)
                    .set(QUEUE.PRIORITY, Priority.NORMAL)
                    .set(QUEUE.RANK, 0L)
                    .set(QUEUE.TURN, 0L),
            QUEUE.ID);

    private Entries() {}

    static Field<EntryState> state(EntryState state) {
        return inline(state, QUEUE.STATUS);
    }

    static Optional<QueueRecord> byId(DSLContext context, long id) {
        return rows(BY_ID.ask(context, QUEUE.fields(), id)).stream().findFirst();
    }

    /** Returns the row of an entry that waits and has a name. */
    static Optional<QueueRecord> pending(DSLContext context, long id) {
        return byId(context, id).filter(row -> row.getStatus() == EntryState.PENDING && request(row) != null);
    }

    static boolean isActive(DSLContext context, ModelName model) {
        return ACTIVE_BY_KEY.number(context, model.key()).isPresent();
    }

    static Optional<QueueRecord> activeOf(DSLContext context, ModelName model) {
        OptionalLong id = ACTIVE_BY_KEY.number(context, model.key());
        return id.isPresent() ? byId(context, id.getAsLong()) : Optional.empty();
    }

    /** Returns active rows in the order of their download. */
    static List<QueueRecord> active(DSLContext context, int limit, int offset) {
        return rows(ACTIVE_IN_ORDER.ask(context, QUEUE.fields(), limit, offset));
    }

    /** Returns the rows that ended last, newest first. */
    static List<QueueRecord> ended(DSLContext context, int limit) {
        return rows(ENDED_LAST.ask(context, QUEUE.fields(), limit));
    }

    /** Stores a pending entry and returns where it stands. */
    static Places.Key insert(DSLContext context, PullRequest request, Instant now) {
        String moment = UtcMillisConverter.text(now);
        String client = request.requester().quotaKey();
        long rank = Turns.rank(request.priority());
        long turn = Turns.next(context, rank, client);
        long id = INSERT.number(
                        context,
                        request.model().spelling(),
                        request.model().key(),
                        request.requester().name(),
                        client,
                        request.insecure(),
                        request.refresh(),
                        moment,
                        moment,
                        request.priority().word(),
                        rank,
                        turn)
                .orElseThrow();
        return new Places.Key(id, rank, turn);
    }

    /** Marks an active row whose model is not a name, and returns how many that were. */
    static int giveUp(DSLContext context, long id, Instant now) {
        int marked = context.update(QUEUE)
                .set(QUEUE.STATUS, EntryState.FAILED)
                .set(QUEUE.ERROR, INVALID_NAME)
                .set(QUEUE.UPDATED_AT, now)
                .setNull(QUEUE.LEASE_OWNER)
                .setNull(QUEUE.LEASE_UNTIL)
                .where(QUEUE.ID.eq(id))
                .and(ACTIVE)
                .execute();
        if (marked > 0) {
            Events.add(context, id, EntryEvent.Kind.FAILED, INVALID_NAME, now);
        }
        return marked;
    }

    /** Adds to an entry what a further request for its model wants beyond it. */
    static void extend(DSLContext context, PullRequest known, long id, PullRequest request) {
        UpdateSetMoreStep<QueueRecord> update = context.update(QUEUE).set(QUEUE.ID, id);
        if (known.refresh() && !request.refresh()) {
            update = update.set(QUEUE.REFRESH, false);
            // What came before the other priorities already does not fall behind because somebody wants it.
            update = request.priority().compareTo(known.priority()) < 0
                    ? update.set(QUEUE.PRIORITY, request.priority())
                    : update;
        }
        update = request.insecure() ? update.set(QUEUE.INSECURE, true) : update;
        update.where(QUEUE.ID.eq(id)).execute();
    }

    /**
     * Returns what the row says, or null if its model is not a name.
     *
     * @param nextStart when the queue starts next if it rests
     * @param now tells whether its lease has ended
     */
    static @Nullable QueueEntry entry(DSLContext context, QueueRecord row, Instant nextStart, Instant now) {
        return entry(row, row.getStatus().isActive() ? Places.of(context, row, nextStart) : null, now);
    }

    /**
     * Returns what the row says, or null if its model is not a name.
     *
     * @param now tells whether its lease has ended
     */
    static @Nullable QueueEntry entry(QueueRecord row, @Nullable Place place, Instant now) {
        PullRequest request = request(row);
        if (request == null) {
            return null;
        }
        return new QueueEntry(
                row.getId(),
                request,
                row.getStatus(),
                row.getCreatedAt(),
                row.getUpdatedAt(),
                new Attempts(row.getAttempts().intValue(), row.getRetryAt(), row.getError()),
                place,
                download(row, now),
                extent(row));
    }

    /** Returns what was asked, or null if the model is not a name. */
    static @Nullable PullRequest request(QueueRecord row) {
        try {
            return new PullRequest(
                    ModelName.parse(row.getModel()),
                    requester(row),
                    row.getInsecure(),
                    row.getRefresh(),
                    row.getPriority());
        } catch (InvalidModelNameException byHand) {
            return null;
        }
    }

    /** Returns how big the model is, or null if that is not known. */
    static @Nullable Extent extent(QueueRecord row) {
        Long size = row.getSize();
        Long missing = row.getMissing();
        if (size == null || missing == null) {
            return null;
        }
        boolean complete = row.getStatus() == EntryState.COMPLETED;
        return new Extent(size, complete ? 0 : Math.max(0, missing - row.getFetched()));
    }

    private static List<QueueRecord> rows(Result<Record> answer) {
        return answer.into(QUEUE);
    }

    private static Requester requester(QueueRecord row) {
        String name = row.getRequesterIp().isBlank() ? UNKNOWN : row.getRequesterIp();
        String client = row.getClient();
        return new Requester(name, client == null || client.isBlank() ? name : client);
    }

    private static @Nullable Download download(QueueRecord row, Instant now) {
        String status = row.getProgressStatus();
        if (status == null) {
            return null;
        }
        PullProgress progress = new PullProgress(
                status,
                row.getProgressDigest(),
                atLeastZero(row.getProgressTotal()),
                atLeastZero(row.getProgressCompleted()));
        return new Download(progress, isHeld(row, now) ? atLeastZero(row.getProgressRate()) : 0);
    }

    /** Whoever held a row and was killed leaves the last rate behind, though nothing moves any more. */
    private static boolean isHeld(QueueRecord row, Instant now) {
        Instant leaseUntil = row.getLeaseUntil();
        return row.getStatus() == EntryState.DOWNLOADING && leaseUntil != null && leaseUntil.isAfter(now);
    }

    private static long atLeastZero(@Nullable Long number) {
        return number == null ? 0 : Math.max(0, number);
    }

    private static SelectConditionStep<QueueRecord> rows(Condition condition) {
        return Connections.RENDERING.selectFrom(QUEUE).where(condition);
    }

    private static Condition is(EntryState state) {
        return QUEUE.STATUS.eq(state(state));
    }

    private static Condition isOneOf(EntryState one, EntryState other) {
        return QUEUE.STATUS.in(state(one), state(other));
    }
}
