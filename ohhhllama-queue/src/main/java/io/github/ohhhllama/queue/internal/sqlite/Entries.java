package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.RUNS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.selectCount;
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
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Turns rows of the queue, which anybody may have written, into entries. */
final class Entries {

    static final Condition PENDING = is(QUEUE, EntryState.PENDING);
    static final Condition DOWNLOADING = is(QUEUE, EntryState.DOWNLOADING);
    /** Words that the index has too: SQLite uses it for nothing else. */
    static final Condition ACTIVE = isOneOf(EntryState.PENDING, EntryState.DOWNLOADING);

    static final Condition ENDED = isOneOf(EntryState.COMPLETED, EntryState.FAILED);
    static final String INVALID_NAME = "invalid model name";

    private static final String UNKNOWN = "unknown";
    private static final Queue BEFORE = QUEUE.as("before");
    private static final Field<Integer> POSITION = field(selectCount()
                    .from(BEFORE)
                    .where(is(BEFORE, EntryState.DOWNLOADING))
                    .and(QUEUE.STATUS.eq(state(EntryState.PENDING)).or(BEFORE.ID.le(QUEUE.ID))))
            .plus(when(
                            PENDING,
                            field(selectCount()
                                    .from(BEFORE)
                                    .where(is(BEFORE, EntryState.PENDING))
                                    .and(BEFORE.ID.le(QUEUE.ID))))
                    .otherwise(0));
    private static final Field<Instant> RUNNING_SINCE =
            field(org.jooq.impl.DSL.select(RUNS.STARTED_AT).from(RUNS).where(RUNS.FINISHED_AT.isNull()));

    private Entries() {}

    static Field<EntryState> state(EntryState state) {
        return inline(state, QUEUE.STATUS);
    }

    /**
     * Looks for one row.
     *
     * @param nextStart when the queue starts next if it rests
     */
    static Optional<Found> find(DSLContext context, Condition condition, Instant nextStart) {
        return context.select(QUEUE.fields())
                .select(POSITION, RUNNING_SINCE)
                .from(QUEUE)
                .where(condition)
                .fetchOptional()
                .map(row -> {
                    Instant startsAt = Objects.requireNonNullElse(row.get(RUNNING_SINCE), nextStart);
                    return new Found(row.get(QUEUE.ID), entry(row, row.get(POSITION), startsAt));
                });
    }

    /** Returns what the row says, or null if its model is not a name. */
    static @Nullable QueueEntry entry(Record row, int position, Instant startsAt) {
        PullRequest request = request(row);
        if (request == null) {
            return null;
        }
        EntryState state = row.get(QUEUE.STATUS);
        return new QueueEntry(
                row.get(QUEUE.ID),
                request,
                state,
                row.get(QUEUE.CREATED_AT),
                row.get(QUEUE.UPDATED_AT),
                new Attempts(row.get(QUEUE.ATTEMPTS).intValue(), row.get(QUEUE.RETRY_AT), row.get(QUEUE.ERROR)),
                state.isActive() ? new Place(Math.max(1, position), startsAt) : null,
                download(row));
    }

    /** Returns what was asked, or null if the model is not a name. */
    static @Nullable PullRequest request(Record row) {
        try {
            ModelName model = ModelName.parse(row.get(QUEUE.MODEL));
            return new PullRequest(model, requester(row), row.get(QUEUE.INSECURE), row.get(QUEUE.REFRESH));
        } catch (InvalidModelNameException byHand) {
            return null;
        }
    }

    private static Requester requester(Record row) {
        String name = row.get(QUEUE.REQUESTER_IP);
        String client = row.get(QUEUE.CLIENT);
        String shown = name.isBlank() ? UNKNOWN : name;
        return new Requester(shown, client == null || client.isBlank() ? shown : client);
    }

    private static @Nullable Download download(Record row) {
        String status = row.get(QUEUE.PROGRESS_STATUS);
        if (status == null) {
            return null;
        }
        PullProgress progress = new PullProgress(
                status,
                row.get(QUEUE.PROGRESS_DIGEST),
                atLeastZero(row.get(QUEUE.PROGRESS_TOTAL)),
                atLeastZero(row.get(QUEUE.PROGRESS_COMPLETED)));
        return new Download(progress, atLeastZero(row.get(QUEUE.PROGRESS_RATE)));
    }

    private static long atLeastZero(@Nullable Long number) {
        return number == null ? 0 : Math.max(0, number);
    }

    private static Condition is(Queue queue, EntryState state) {
        return queue.STATUS.eq(state(state));
    }

    private static Condition isOneOf(EntryState one, EntryState other) {
        return QUEUE.STATUS.in(state(one), state(other));
    }

    /**
     * Is a row that was found.
     *
     * @param id its number
     * @param entry what it says, or null if its model is not a name
     */
    record Found(long id, @Nullable QueueEntry entry) {}
}
