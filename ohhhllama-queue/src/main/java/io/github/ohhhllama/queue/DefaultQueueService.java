package io.github.ohhhllama.queue;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.ProcessResult;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.StorageStatus;
import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import io.github.ohhhllama.queue.internal.sqlite.Database;
import io.github.ohhhllama.queue.internal.sqlite.QueueStore;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import io.github.ohhhllama.queue.internal.sqlite.RunStore;
import java.time.Clock;
import java.util.Optional;

/** Answers for the queue: the database keeps it, the limiter guards it, the drain empties it. Thread-safe. */
final class DefaultQueueService implements QueueService {

    private final Database database;
    private final QueueStore store;
    private final RunStore runs;
    private final RateLimiter limiter;
    private final CronSchedule schedule;
    private final QueueDrain drain;
    private final Clock clock;

    DefaultQueueService(
            Database database,
            QueueStore store,
            RunStore runs,
            RateLimiter limiter,
            CronSchedule schedule,
            QueueDrain drain,
            Clock clock) {
        this.database = database;
        this.store = store;
        this.runs = runs;
        this.limiter = limiter;
        this.schedule = schedule;
        this.drain = drain;
        this.clock = clock;
    }

    @Override
    public EnqueueResult enqueue(PullRequest request) {
        return store.enqueue(request, limiter);
    }

    @Override
    public Optional<QueueEntry> find(long id) {
        return store.find(id);
    }

    @Override
    public Optional<QueueEntry> findActive(ModelName model) {
        return store.findActive(model);
    }

    @Override
    public QueueSnapshot snapshot(Page page) {
        return store.snapshot(page);
    }

    @Override
    public Optional<QueueEntry> remove(long id) {
        return ended(store.remove(id));
    }

    @Override
    public Optional<QueueEntry> remove(ModelName model) {
        return ended(store.remove(model));
    }

    @Override
    public ProcessResult process() {
        boolean started = runs.startRunNow().isPresent();
        boolean running = runs.currentRun().isPresent();
        drain.wake();
        if (started) {
            return ProcessResult.STARTED;
        }
        return running ? ProcessResult.ALREADY_RUNNING : ProcessResult.NOTHING_WAITING;
    }

    @Override
    public RateDecision rate(Requester requester) {
        return limiter.peek(requester);
    }

    @Override
    public ScheduleStatus schedule() {
        return new ScheduleStatus(
                schedule.expression(),
                schedule.zone(),
                schedule.next(clock.instant()),
                runs.currentRun().map(Run::startedAt).orElse(null));
    }

    @Override
    public StorageStatus storage() {
        return database.status();
    }

    /** A download in another process ends with the next renewal of its lease. */
    private Optional<QueueEntry> ended(Optional<QueueEntry> removed) {
        removed.ifPresent(entry -> drain.abort(entry.id()));
        return removed;
    }
}
