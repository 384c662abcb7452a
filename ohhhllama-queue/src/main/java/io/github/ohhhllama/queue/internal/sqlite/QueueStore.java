package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryFilter;
import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Spot;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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
     * Queues a model of unknown size, unless it stands in the queue already or the limiter refuses.
     *
     * @param request what is asked, and by whom
     * @param limiter who is asked before a new entry, unless it is a refresh
     * @return which of the three happened
     */
    public EnqueueResult enqueue(PullRequest request, RateLimiter limiter) {
        return enqueue(request, null, limiter, Admission.ALWAYS);
    }

    /**
     * Queues a model, unless it stands in the queue already, finds no room or the limiter refuses: one transaction, in
     * which both are asked too.
     *
     * @param request what is asked, and by whom
     * @param footprint how big the model is, or null if that is not known
     * @param limiter who is asked before a new entry, unless it is a refresh
     * @param admission who is asked before the limiter if the size is known
     * @return which of the four happened
     */
    public EnqueueResult enqueue(
            PullRequest request, @Nullable Footprint footprint, RateLimiter limiter, Admission admission) {
        Enqueueing enqueueing = new Enqueueing(request, footprint, limiter, admission);
        Instant start = nextStart.get();
        return database.write(context -> enqueueing.in(context, clock.instant(), start));
    }

    /**
     * Tells what {@link #enqueue} would do. The entry it would store is looked at where it would stand, and taken back.
     *
     * @param request what would be asked, and by whom
     * @param footprint how big the model is, or null if that is not known
     * @param limiter who would be asked; it must charge nothing
     * @param admission who would be asked before the limiter
     * @return the outcome; the number of an entry that was not stored means nothing
     */
    public EnqueueResult imagine(
            PullRequest request, @Nullable Footprint footprint, RateLimiter limiter, Admission admission) {
        Enqueueing enqueueing = new Enqueueing(request, footprint, limiter, admission);
        Instant start = nextStart.get();
        return database.write(context -> {
            context.execute("savepoint imagined");
            try {
                return enqueueing.in(context, clock.instant(), start);
            } finally {
                context.execute("rollback to imagined");
                context.execute("release imagined");
            }
        });
    }

    /**
     * Tells whether the last request for a model said that its registry speaks plain HTTP; its entry may have ended.
     *
     * @param model the model, in any spelling
     */
    public boolean wasInsecure(ModelName model) {
        return database.read(context -> context.select(QUEUE.INSECURE)
                .from(QUEUE)
                .where(QUEUE.MODEL_KEY.eq(model.key()))
                .orderBy(QUEUE.ID.desc())
                .limit(1)
                .fetchOptional(QUEUE.INSECURE)
                .orElse(false));
    }

    /** Returns the numbers of the waiting entries that have a permit of their own. */
    public Set<Long> permitted() {
        return database.read(context ->
                context.select(QUEUE.ID).from(QUEUE).where(Entries.PERMITTED).fetchSet(QUEUE.ID));
    }

    /**
     * Gives an entry up that waits.
     *
     * @param id its number
     * @param error why
     * @return whether it waited; if not, nothing changed
     */
    public boolean refuse(long id, String error) {
        return database.write(context -> Chances.refuse(context, id, error, clock.instant()));
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
     * Tells whether a model has an active row, which takes far less than to find out what it says and where it stands.
     *
     * @param model the model, in any spelling
     */
    public boolean isActive(ModelName model) {
        return database.read(context -> Entries.isActive(context, model));
    }

    /**
     * Shows counts, a page of the active entries in the order of their download, and those that ended last.
     *
     * @param page which of the active entries to show
     */
    public QueueSnapshot snapshot(Page page) {
        Instant start = nextStart.get();
        Listing listing = database.read(context -> Listing.of(context, page, start, clock.instant()));
        if (listing.nameless().isEmpty()) {
            return listing.snapshot();
        }
        return database.write(context -> {
            listing.nameless().forEach(id -> Entries.giveUp(context, id, clock.instant()));
            return Listing.of(context, page, start, clock.instant()).snapshot();
        });
    }

    /**
     * Lists entries in whatever state, newest first, without their places.
     *
     * @param filter which entries
     * @param page which of those
     */
    public List<QueueEntry> list(EntryFilter filter, Page page) {
        return database.read(context -> Selection.of(context, filter, page, clock.instant()));
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

    /**
     * Moves an entry that waits.
     *
     * @param id its number
     * @param spot where to
     * @return the entry in its new place, or empty if it, or the one before which it is to stand, does not wait
     */
    public Optional<Change> move(long id, Spot spot) {
        return change(id, context -> Moves.move(context, id, spot, clock.instant()));
    }

    /**
     * Gives an entry that was given up, or pauses, another chance right away.
     *
     * @param id its number
     * @return the entry, which waits now, or empty if it does not, or its model has another active entry
     */
    public Optional<Change> retry(long id) {
        return change(id, context -> Chances.retry(context, id, clock.instant()));
    }

    /**
     * Gives a waiting entry a permit of its own, with which {@link ClaimStore#claimPermitted} finds it, and ends its
     * pause.
     *
     * @param id its number
     * @return the entry, or empty if it does not wait
     */
    public Optional<Change> permit(long id) {
        return change(id, context -> Chances.permit(context, id, clock.instant()));
    }

    /**
     * Tells the story of an entry.
     *
     * @param id its number
     * @return what happened to it, in order; empty if there is no such entry
     */
    public List<EntryEvent> events(long id) {
        return database.read(context -> Events.of(context, id));
    }

    private Optional<Change> change(long id, Predicate<DSLContext> change) {
        Instant start = nextStart.get();
        return database.write(context -> {
            long before = Events.last(context);
            if (!change.test(context)) {
                return Optional.empty();
            }
            return Entries.byId(context, id)
                    .map(row -> Entries.entry(context, row, start, clock.instant()))
                    .map(entry -> new Change(entry, Events.after(context, id, before)));
        });
    }

    private Optional<QueueEntry> look(Function<DSLContext, Optional<QueueRecord>> search) {
        Instant start = nextStart.get();
        Optional<Found> found = database.read(
                context -> search.apply(context).map(row -> Found.of(context, row, start, clock.instant())));
        if (found.isPresent() && found.get().entry() == null) {
            database.write(context -> Entries.giveUp(context, found.get().id(), clock.instant()));
        }
        return found.map(Found::entry);
    }

    private Optional<QueueEntry> remove(Function<DSLContext, Optional<QueueRecord>> search) {
        Instant start = nextStart.get();
        return database.write(context -> {
            Optional<Found> found = search.apply(context).map(row -> Found.of(context, row, start, clock.instant()));
            found.ifPresent(row ->
                    context.deleteFrom(QUEUE).where(QUEUE.ID.eq(row.id())).execute());
            return found.map(Found::entry);
        });
    }

    /**
     * Is a row that was found.
     *
     * @param id its number
     * @param entry what it says, or null if its model is not a name
     */
    private record Found(long id, @Nullable QueueEntry entry) {

        static Found of(DSLContext context, QueueRecord row, Instant start, Instant now) {
            return new Found(row.getId(), Entries.entry(context, row, start, now));
        }
    }
}
