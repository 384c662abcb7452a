package io.github.ohhhllama.queue;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryFilter;
import io.github.ohhhllama.History;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OutdatedModel;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Preview;
import io.github.ohhhllama.ProcessResult;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.Spot;
import io.github.ohhhllama.StorageStatus;
import io.github.ohhhllama.queue.internal.disk.ModelStore;
import io.github.ohhhllama.queue.internal.sqlite.Change;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers for the queue: the database keeps it, the desk takes requests in, the drain empties it. Thread-safe. */
final class DefaultQueueService implements QueueService {

    private final Stores stores;
    private final FrontDesk desk;
    private final RateLimiter limiter;
    private final Standing standing;
    private final NightPlanner planner;
    private final FreshModels fresh;
    private final ModelStore disk;
    private final Listeners listeners;
    private final Runs runs;

    /** Starts and ends what runs. */
    record Runs(RunBook book, Shifts shifts, QueueDrain drain) {}

    DefaultQueueService(
            Stores stores,
            FrontDesk desk,
            RateLimiter limiter,
            Standing standing,
            NightPlanner planner,
            FreshModels fresh,
            ModelStore disk,
            Listeners listeners,
            Runs runs) {
        this.stores = stores;
        this.desk = desk;
        this.limiter = limiter;
        this.standing = standing;
        this.planner = planner;
        this.fresh = fresh;
        this.disk = disk;
        this.listeners = listeners;
        this.runs = runs;
    }

    @Override
    public EnqueueResult enqueue(PullRequest request) {
        return changed(desk.enqueue(request, limiter));
    }

    @Override
    public Preview preview(PullRequest request) {
        return desk.preview(request, limiter, planner);
    }

    @Override
    public Optional<QueueEntry> find(long id) {
        return stores.queue().find(id);
    }

    @Override
    public Optional<QueueEntry> findActive(ModelName model) {
        return stores.queue().findActive(model);
    }

    @Override
    public QueueSnapshot snapshot(Page page) {
        return stores.queue().snapshot(page);
    }

    @Override
    public List<QueueEntry> list(EntryFilter filter, Page page) {
        return stores.queue().list(filter, page);
    }

    @Override
    public Optional<QueueEntry> remove(long id) {
        return removed(stores.queue().remove(id));
    }

    @Override
    public Optional<QueueEntry> remove(ModelName model) {
        return removed(stores.queue().remove(model));
    }

    @Override
    public Optional<QueueEntry> move(long id, Spot spot) {
        return told(stores.queue().move(id, spot));
    }

    @Override
    public Optional<QueueEntry> retry(long id) {
        Optional<QueueEntry> entry = told(stores.queue().retry(id));
        runs.drain().wake();
        return entry;
    }

    @Override
    public Optional<QueueEntry> runNow(long id) {
        Optional<QueueEntry> entry = told(stores.queue().permit(id));
        runs.drain().wake();
        return entry;
    }

    @Override
    public List<EntryEvent> events(long id) {
        return stores.queue().events(id);
    }

    @Override
    public ProcessResult process(@Nullable Instant until) {
        boolean started = runs.book().startNow(until);
        Optional<Run> running = runs.book().current();
        // The schedule may end, or take over, what was seen a moment ago; then all is looked at anew.
        while (!started
                && until != null
                && running.isPresent()
                && !runs.shifts().prolong(running.get(), until)) {
            started = runs.book().startNow(until);
            running = runs.book().current();
        }
        planner.forget();
        runs.drain().wake();
        if (started) {
            return ProcessResult.STARTED;
        }
        return running.isPresent() ? ProcessResult.ALREADY_RUNNING : ProcessResult.NOTHING_WAITING;
    }

    @Override
    public void pause(@Nullable Instant until) {
        stores.holds().set(Hold.Cause.MANUAL, until);
        planner.forget();
    }

    @Override
    public boolean resume() {
        boolean paused = stores.holds().lift(Hold.Cause.MANUAL);
        planner.forget();
        runs.drain().wake();
        return paused;
    }

    @Override
    public Plan plan() {
        return planner.plan();
    }

    @Override
    public History history(History.Query query) {
        return stores.fetches().history(query, standing.zone());
    }

    @Override
    public List<OutdatedModel> outdated() {
        return fresh.outdated();
    }

    @Override
    public RateDecision rate(Requester requester) {
        return limiter.peek(requester);
    }

    @Override
    public ScheduleStatus schedule() {
        return standing.schedule();
    }

    @Override
    public StorageStatus storage() {
        return stores.database().status();
    }

    @Override
    public DiskStatus disk() {
        return disk.status();
    }

    /** A download in another process ends with the next renewal of its lease. */
    private Optional<QueueEntry> removed(Optional<QueueEntry> removed) {
        removed.ifPresent(entry -> {
            runs.drain().abort(entry.id());
            listeners.removed(entry);
        });
        return changed(removed);
    }

    private Optional<QueueEntry> told(Optional<Change> change) {
        change.ifPresent(made -> made.event().ifPresent(event -> listeners.entryChanged(made.entry(), event)));
        return changed(change.map(Change::entry));
    }

    private <T> T changed(T result) {
        planner.forget();
        return result;
    }
}
