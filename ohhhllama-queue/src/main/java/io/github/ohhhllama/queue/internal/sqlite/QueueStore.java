package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE_COUNTS;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the entries of the queue. A row whose model is not a name, which only a hand can have written, is marked failed
 * when it is met and shown nowhere but in the counts.
 *
 * <p>Thread-safe. Every method throws {@link QueueStorageException} if the database cannot be used at the moment.
 */
public final class QueueStore {

    private static final int RECENT = 20;

    private final Database database;
    private final Clock clock;
    private final Supplier<Instant> nextStart;

    /**
     * Creates the store.
     *
     * @param database where the entries are kept
     * @param clock tells when an entry is created
     * @param nextStart tells when the queue starts next if it rests
     */
    public QueueStore(Database database, Clock clock, Supplier<Instant> nextStart) {
        this.database = database;
        this.clock = clock;
        this.nextStart = nextStart;
    }

    /**
     * Queues a model, unless it stands in the queue already or the limiter refuses: one transaction, in which the limiter
     * is asked too.
     *
     * @param request what is asked, and by whom
     * @param limiter who is asked before a new entry, unless it is a refresh
     * @return which of the three happened
     */
    public EnqueueResult enqueue(PullRequest request, RateLimiter limiter) {
        Instant start = nextStart.get();
        return database.write(context -> enqueue(context, request, limiter, start));
    }

    /**
     * Looks an entry up.
     *
     * @param id its number
     */
    public Optional<QueueEntry> find(long id) {
        return look(context -> Entries.byId(context, id));
    }

    /**
     * Looks up the active entry of a model.
     *
     * @param model the model, in any spelling
     */
    public Optional<QueueEntry> findActive(ModelName model) {
        return look(context -> Entries.activeOf(context, model));
    }

    /**
     * Shows counts, a page of the active entries in the order of their download, and those that ended last.
     *
     * @param page which of the active entries to show
     */
    public QueueSnapshot snapshot(Page page) {
        Instant start = nextStart.get();
        Listing listing = database.read(context -> list(context, page, start));
        if (listing.nameless().isEmpty()) {
            return listing.snapshot();
        }
        return database.write(context -> {
            listing.nameless().forEach(id -> giveUp(context, id, clock.instant()));
            return list(context, page, start).snapshot();
        });
    }

    /**
     * Takes an entry out, in whatever state it is.
     *
     * @param id its number
     * @return the entry as it was, or empty if there is none
     */
    public Optional<QueueEntry> remove(long id) {
        return remove(context -> Entries.byId(context, id));
    }

    /**
     * Takes the active entry of a model out.
     *
     * @param model the model, in any spelling
     * @return the entry as it was, or empty if none was active
     */
    public Optional<QueueEntry> remove(ModelName model) {
        return remove(context -> Entries.activeOf(context, model));
    }

    /** Marks an active row whose model is not a name, and returns how many that were. */
    static int giveUp(DSLContext context, long id, Instant now) {
        return context.update(QUEUE)
                .set(QUEUE.STATUS, EntryState.FAILED)
                .set(QUEUE.ERROR, Entries.INVALID_NAME)
                .set(QUEUE.UPDATED_AT, now)
                .setNull(QUEUE.LEASE_OWNER)
                .setNull(QUEUE.LEASE_UNTIL)
                .where(QUEUE.ID.eq(id))
                .and(Entries.ACTIVE)
                .execute();
    }

    private EnqueueResult enqueue(DSLContext context, PullRequest request, RateLimiter limiter, Instant start) {
        QueueRecord before = Entries.activeOf(context, request.model()).orElse(null);
        QueueEntry entry = before == null ? null : Entries.entry(context, before, start, clock.instant());
        if (entry != null) {
            if (isMoreThan(entry, request)) {
                Entries.extend(context, entry.id(), request);
            }
            return new EnqueueResult.AlreadyQueued(entry, limiter.peek(request.requester()));
        }
        if (before != null) {
            giveUp(context, before.getId(), clock.instant());
        }
        RateDecision rate =
                request.refresh() ? limiter.peek(request.requester()) : limiter.tryAcquire(request.requester());
        if (!request.refresh() && !rate.allowed()) {
            return new EnqueueResult.RateLimited(rate);
        }
        return new EnqueueResult.Queued(insert(context, request, start), rate);
    }

    /** Whoever asks for a model wants more than its refresh; whoever says that its registry is insecure knows more. */
    private static boolean isMoreThan(QueueEntry entry, PullRequest request) {
        return (entry.request().refresh() && !request.refresh())
                || (request.insecure() && !entry.request().insecure());
    }

    private QueueEntry insert(DSLContext context, PullRequest request, Instant start) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long id = Entries.insert(context, request, now);
        Place place = Entries.lastPlace(context, start);
        return new QueueEntry(id, request, EntryState.PENDING, now, now, Attempts.NONE, place, null);
    }

    private Optional<QueueEntry> look(Function<DSLContext, Optional<QueueRecord>> search) {
        Instant start = nextStart.get();
        Optional<Found> found = database.read(context -> search.apply(context).map(row -> found(context, row, start)));
        if (found.isPresent() && found.get().entry() == null) {
            database.write(context -> giveUp(context, found.get().id(), clock.instant()));
        }
        return found.map(Found::entry);
    }

    private Optional<QueueEntry> remove(Function<DSLContext, Optional<QueueRecord>> search) {
        Instant start = nextStart.get();
        return database.write(context -> {
            Optional<Found> found = search.apply(context).map(row -> found(context, row, start));
            found.ifPresent(row ->
                    context.deleteFrom(QUEUE).where(QUEUE.ID.eq(row.id())).execute());
            return found.map(Found::entry);
        });
    }

    private Found found(DSLContext context, QueueRecord row, Instant start) {
        return new Found(row.getId(), Entries.entry(context, row, start, clock.instant()));
    }

    private Listing list(DSLContext context, Page page, Instant start) {
        Instant now = clock.instant();
        Instant startsAt = RunStore.current(context).map(Run::startedAt).orElse(start);
        List<QueueEntry> queue = new ArrayList<>();
        List<Long> nameless = new ArrayList<>();
        int position = page.offset();
        for (QueueRecord row : Entries.active(context, page.limit(), page.offset())) {
            position++;
            QueueEntry entry = Entries.entry(row, new Place(position, startsAt), now);
            if (entry == null) {
                nameless.add(row.getId());
            } else {
                queue.add(entry);
            }
        }
        return new Listing(new QueueSnapshot(counts(context), queue, recent(context, now)), nameless);
    }

    private static List<QueueEntry> recent(DSLContext context, Instant now) {
        List<QueueEntry> recent = new ArrayList<>();
        for (QueueRecord row : Entries.ended(context, RECENT)) {
            QueueEntry entry = Entries.entry(row, null, now);
            if (entry != null) {
                recent.add(entry);
            }
        }
        return recent;
    }

    private static QueueCounts counts(DSLContext context) {
        Map<EntryState, Long> counts =
                context.selectFrom(QUEUE_COUNTS).fetchMap(QUEUE_COUNTS.STATUS, QUEUE_COUNTS.ENTRIES);
        return new QueueCounts(
                counts.getOrDefault(EntryState.PENDING, 0L),
                counts.getOrDefault(EntryState.DOWNLOADING, 0L),
                counts.getOrDefault(EntryState.COMPLETED, 0L),
                counts.getOrDefault(EntryState.FAILED, 0L));
    }

    /**
     * Is a row that was found.
     *
     * @param id its number
     * @param entry what it says, or null if its model is not a name
     */
    private record Found(long id, @Nullable QueueEntry entry) {}

    /**
     * Is a snapshot, and the active rows it had to leave out.
     *
     * @param snapshot what can be shown
     * @param nameless the numbers of rows whose model is not a name
     */
    private record Listing(QueueSnapshot snapshot, List<Long> nameless) {}
}
