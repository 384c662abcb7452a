package io.github.ohhhllama.testing;

import io.github.ohhhllama.Download;
import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.ProcessResult;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.StorageStatus;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a queue in memory and downloads nothing: what becomes of an entry, the test says. Thread-safe.
 *
 * <p>The queue starts at 03:00 every day, in the clock's zone.
 */
public final class InMemoryQueueService implements QueueService {

    private static final int START_HOUR = 3;

    private final RateLimiter limiter;
    private final Clock clock;
    private final InMemoryEntries entries;
    private @Nullable Instant runningSince;
    private @Nullable QueueStorageException trouble;

    /**
     * Creates an empty queue.
     *
     * @param limiter asked for every new model
     * @param clock tells the time, and the zone of the schedule
     */
    public InMemoryQueueService(RateLimiter limiter, Clock clock) {
        this.limiter = limiter;
        this.clock = clock;
        this.entries = new InMemoryEntries(clock);
    }

    @Override
    public synchronized EnqueueResult enqueue(PullRequest request) {
        Optional<QueueEntry> before = findActive(request.model());
        if (before.isPresent()) {
            return new EnqueueResult.AlreadyQueued(before.get(), limiter.peek(request.requester()));
        }
        RateDecision rate =
                request.refresh() ? limiter.peek(request.requester()) : limiter.tryAcquire(request.requester());
        if (!rate.allowed() && !request.refresh()) {
            return new EnqueueResult.RateLimited(rate);
        }
        long id = entries.add(request);
        return new EnqueueResult.Queued(find(id).orElseThrow(), rate);
    }

    @Override
    public synchronized Optional<QueueEntry> find(long id) {
        requireStorage();
        return entries.find(id, startsAt());
    }

    @Override
    public synchronized Optional<QueueEntry> findActive(ModelName model) {
        requireStorage();
        return entries.active(startsAt()).stream()
                .filter(entry -> entry.model().equals(model))
                .findFirst();
    }

    @Override
    public synchronized QueueSnapshot snapshot(Page page) {
        requireStorage();
        List<QueueEntry> queue = entries.active(startsAt()).stream()
                .skip(page.offset())
                .limit(page.limit())
                .toList();
        return new QueueSnapshot(counts(), queue, entries.recent());
    }

    @Override
    public synchronized Optional<QueueEntry> remove(long id) {
        Optional<QueueEntry> entry = find(id);
        entry.ifPresent(gone -> entries.remove(gone.id()));
        return entry;
    }

    @Override
    public synchronized Optional<QueueEntry> remove(ModelName model) {
        return findActive(model).flatMap(entry -> remove(entry.id()));
    }

    @Override
    public synchronized ProcessResult process() {
        requireStorage();
        if (runningSince != null) {
            return ProcessResult.ALREADY_RUNNING;
        }
        if (entries.active(startsAt()).isEmpty()) {
            return ProcessResult.NOTHING_WAITING;
        }
        runningSince = clock.instant();
        return ProcessResult.STARTED;
    }

    @Override
    public synchronized RateDecision rate(Requester requester) {
        requireStorage();
        return limiter.peek(requester);
    }

    @Override
    public synchronized ScheduleStatus schedule() {
        return new ScheduleStatus("0 3 * * *", clock.getZone(), nextStart(), runningSince);
    }

    @Override
    public synchronized StorageStatus storage() {
        return new StorageStatus("memory", trouble == null ? null : trouble.getMessage());
    }

    /**
     * Says that an entry is being downloaded, and how far it is.
     *
     * @param id its number
     * @param download how far
     */
    public synchronized void download(long id, Download download) {
        entries.change(id, EntryState.DOWNLOADING, null, download);
    }

    /**
     * Says that an entry ended well.
     *
     * @param id its number
     */
    public synchronized void complete(long id) {
        entries.change(id, EntryState.COMPLETED, null, null);
    }

    /**
     * Says that an entry was given up.
     *
     * @param id its number
     * @param error why
     */
    public synchronized void fail(long id, String error) {
        entries.change(id, EntryState.FAILED, error, null);
    }

    /** Says that the run is over. */
    public synchronized void rest() {
        runningSince = null;
    }

    /**
     * Makes every call fail, or work again.
     *
     * @param trouble what every call throws, or null to heal
     */
    public synchronized void breakStorage(@Nullable QueueStorageException trouble) {
        this.trouble = trouble;
    }

    private QueueCounts counts() {
        return new QueueCounts(
                entries.count(EntryState.PENDING),
                entries.count(EntryState.DOWNLOADING),
                entries.count(EntryState.COMPLETED),
                entries.count(EntryState.FAILED));
    }

    private Instant startsAt() {
        return runningSince == null ? nextStart() : runningSince;
    }

    private Instant nextStart() {
        ZonedDateTime now = clock.instant().atZone(clock.getZone());
        ZonedDateTime today = now.toLocalDate().atTime(START_HOUR, 0).atZone(clock.getZone());
        return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
    }

    private void requireStorage() {
        if (trouble != null) {
            throw trouble;
        }
    }
}
