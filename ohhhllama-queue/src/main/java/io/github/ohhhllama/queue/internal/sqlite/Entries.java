package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE_COUNTS;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.RUNS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.Queue;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    static final Condition PENDING = is(QUEUE, EntryState.PENDING);
    static final Condition DOWNLOADING = is(QUEUE, EntryState.DOWNLOADING);

    /** In the words of the index: SQLite uses it for no others. */
    static final Condition ACTIVE = isOneOf(EntryState.PENDING, EntryState.DOWNLOADING);

    /** In the words of the index, too. */
    static final Condition ENDED = isOneOf(EntryState.COMPLETED, EntryState.FAILED);

    private static final String UNKNOWN = "unknown";
    private static final Queue BEFORE = QUEUE.as("before");

    private static final Field<Long> FIRST = pending(min(BEFORE.ID), noCondition());
    private static final Field<Long> LAST = pending(max(BEFORE.ID), noCondition());

    /** Counting takes as long as there are rows, so it starts at the nearer end: the number of all is kept. */
    private static final Field<Long> PENDING_UP_TO_HERE = when(
                    QUEUE.ID.minus(FIRST).le(LAST.minus(QUEUE.ID)), pending(rowCount(), BEFORE.ID.le(QUEUE.ID)))
            .otherwise(field(select(QUEUE_COUNTS.ENTRIES)
                            .from(QUEUE_COUNTS)
                            .where(QUEUE_COUNTS.STATUS.eq(state(EntryState.PENDING))))
                    .minus(pending(rowCount(), BEFORE.ID.gt(QUEUE.ID))));

    /** Downloading entries stand before pending ones, older before newer. */
    private static final Field<Long> POSITION = field(select(rowCount())
                    .from(BEFORE)
                    .where(is(BEFORE, EntryState.DOWNLOADING))
                    .and(PENDING.or(BEFORE.ID.le(QUEUE.ID))))
            .plus(when(PENDING, PENDING_UP_TO_HERE).otherwise(inline(0L)))
            .as("position");

    private static final Field<Instant> RUNNING_SINCE = field(
                    select(RUNS.STARTED_AT).from(RUNS).where(RUNS.FINISHED_AT.isNull()))
            .as("running_since");

    private static final RenderedQuery BY_ID = RenderedQuery.of(rows(QUEUE.ID.eq(0L)));
    private static final RenderedQuery ACTIVE_BY_KEY =
            RenderedQuery.of(rows(QUEUE.MODEL_KEY.eq("").and(ACTIVE)));
    private static final RenderedQuery ACTIVE_IN_ORDER = RenderedQuery.of(
            // The word "downloading" stands before "pending".
            rows(ACTIVE).orderBy(QUEUE.STATUS, QUEUE.ID).limit(0).offset(0));
    private static final RenderedQuery ENDED_LAST = RenderedQuery.of(
            rows(ENDED).orderBy(QUEUE.UPDATED_AT.desc(), QUEUE.ID.desc()).limit(0));
    private static final RenderedQuery PLACE = RenderedQuery.of(
            Connections.RENDERING.select(POSITION, RUNNING_SINCE).from(QUEUE).where(QUEUE.ID.eq(0L)));

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
                    .set(QUEUE.UPDATED_AT, Instant.EPOCH),
            QUEUE.ID);
    private static final Field<BigDecimal> LAST_POSITION = field(select(sum(QUEUE_COUNTS.ENTRIES))
                    .from(QUEUE_COUNTS)
                    .where(QUEUE_COUNTS.STATUS.in(state(EntryState.PENDING), state(EntryState.DOWNLOADING))))
            .as("last_position");
    private static final RenderedQuery LAST_PLACE =
            RenderedQuery.of(Connections.RENDERING.select(LAST_POSITION, RUNNING_SINCE));

    private Entries() {}

    private static Field<Long> rowCount() {
        return count().coerce(Long.class);
    }

    private static Field<Long> pending(Field<Long> what, Condition which) {
        return field(
                select(what).from(BEFORE).where(is(BEFORE, EntryState.PENDING)).and(which));
    }

    static Field<EntryState> state(EntryState state) {
        return inline(state, QUEUE.STATUS);
    }

    static Optional<QueueRecord> byId(DSLContext context, long id) {
        return rows(BY_ID.ask(context, QUEUE.fields(), id)).stream().findFirst();
    }

    static Optional<QueueRecord> activeOf(DSLContext context, ModelName model) {
        return rows(ACTIVE_BY_KEY.ask(context, QUEUE.fields(), model.key())).stream()
                .findFirst();
    }

    /** Returns active rows in the order of their download. */
    static List<QueueRecord> active(DSLContext context, int limit, int offset) {
        return rows(ACTIVE_IN_ORDER.ask(context, QUEUE.fields(), limit, offset));
    }

    /** Returns the rows that ended last, newest first. */
    static List<QueueRecord> ended(DSLContext context, int limit) {
        return rows(ENDED_LAST.ask(context, QUEUE.fields(), limit));
    }

    /** Stores a pending entry and returns its number. */
    static long insert(DSLContext context, PullRequest request, Instant now) {
        String moment = UtcMillisConverter.text(now);
        return INSERT.ask(
                        context,
                        new Field<?>[] {QUEUE.ID},
                        request.model().spelling(),
                        request.model().key(),
                        request.requester().name(),
                        request.requester().quotaKey(),
                        request.insecure(),
                        request.refresh(),
                        moment,
                        moment)
                .get(0)
                .get(QUEUE.ID);
    }

    /** Adds to an entry what a further request for its model wants beyond it. */
    static void extend(DSLContext context, long id, PullRequest request) {
        UpdateSetMoreStep<QueueRecord> update = context.update(QUEUE).set(QUEUE.ID, id);
        update = request.refresh() ? update : update.set(QUEUE.REFRESH, false);
        update = request.insecure() ? update.set(QUEUE.INSECURE, true) : update;
        update.where(QUEUE.ID.eq(id)).execute();
    }

    /** Returns the place of the entry that was inserted last; for others, counting takes longer. */
    static Place lastPlace(DSLContext context, Instant nextStart) {
        Record place = LAST_PLACE
                .ask(context, new Field<?>[] {LAST_POSITION, RUNNING_SINCE})
                .get(0);
        return placeAt(place.get(LAST_POSITION).intValue(), place.get(RUNNING_SINCE), nextStart);
    }

    /**
     * Returns what the row says, or null if its model is not a name.
     *
     * @param nextStart when the queue starts next if it rests
     * @param now tells whether its lease has ended
     */
    static @Nullable QueueEntry entry(DSLContext context, QueueRecord row, Instant nextStart, Instant now) {
        return entry(row, row.getStatus().isActive() ? place(context, row.getId(), nextStart) : null, now);
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
                download(row, now));
    }

    /** Returns what was asked, or null if the model is not a name. */
    static @Nullable PullRequest request(QueueRecord row) {
        try {
            return new PullRequest(
                    ModelName.parse(row.getModel()), requester(row), row.getInsecure(), row.getRefresh());
        } catch (InvalidModelNameException byHand) {
            return null;
        }
    }

    private static List<QueueRecord> rows(Result<Record> answer) {
        return answer.into(QUEUE);
    }

    private static Place place(DSLContext context, long id, Instant nextStart) {
        Record place =
                PLACE.ask(context, new Field<?>[] {POSITION, RUNNING_SINCE}, id).get(0);
        return placeAt(place.get(POSITION).intValue(), place.get(RUNNING_SINCE), nextStart);
    }

    private static Place placeAt(int position, @Nullable Instant runningSince, Instant nextStart) {
        return new Place(Math.max(1, position), Objects.requireNonNullElse(runningSince, nextStart));
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

    private static Condition is(Queue queue, EntryState state) {
        return queue.STATUS.eq(state(state));
    }

    private static Condition isOneOf(EntryState one, EntryState other) {
        return QUEUE.STATUS.in(state(one), state(other));
    }
}
