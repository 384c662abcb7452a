package io.github.ohhhllama.testing;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryFilter;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.History;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OutdatedModel;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Preview;
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
import io.github.ohhhllama.Spot;
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
 *
 * @since 0.1.0
 */
public final class InMemoryQueueService implements QueueService {

    private static final int START_HOUR = 3;

    private final RateLimiter limiter;
    private final Clock clock;
    private final InMemoryEntries entries;
    private @Nullable Instant runningSince;
    private @Nullable Instant runsUntil;
    private @Nullable Hold pause;
    private History history = new History(List.of(), List.of());
    private List<OutdatedModel> outdated = List.of();
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
            entries.extend(before.get(), request);
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
    public synchronized List<QueueEntry> list(EntryFilter filter, Page page) {
        requireStorage();
        return entries.newest()
                .filter(filter::selects)
                .skip(page.offset())
                .limit(page.limit())
                .toList();
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
    public synchronized ProcessResult process(@Nullable Instant until) {
        requireStorage();
        if (runningSince != null) {
            runsUntil = until == null ? runsUntil : until;
            return ProcessResult.ALREADY_RUNNING;
        }
        if (entries.active(startsAt()).isEmpty()) {
            return ProcessResult.NOTHING_WAITING;
        }
        runningSince = clock.instant();
        runsUntil = until;
        return ProcessResult.STARTED;
    }

    @Override
    public synchronized Preview preview(PullRequest request) {
        Optional<QueueEntry> before = findActive(request.model());
        RateDecision rate = limiter.peek(request.requester());
        if (before.isPresent()) {
            return new Preview(new EnqueueResult.AlreadyQueued(before.get(), rate), null, forecast(before.get()));
        }
        if (!rate.allowed() && !request.refresh()) {
            return new Preview(new EnqueueResult.RateLimited(rate), null, null);
        }
        Instant now = clock.instant();
        Place last = new Place(entries.active(startsAt()).size() + 1, startsAt());
        QueueEntry entry = new QueueEntry(0, request, EntryState.PENDING, now, now, Attempts.NONE, last, null);
        return new Preview(new EnqueueResult.Queued(entry, rate), null, forecast(entry));
    }

    @Override
    public synchronized Optional<QueueEntry> move(long id, Spot spot) {
        requireStorage();
        return entries.move(id, spot) ? find(id) : Optional.empty();
    }

    @Override
    public synchronized Optional<QueueEntry> retry(long id) {
        requireStorage();
        return entries.retry(id) ? find(id) : Optional.empty();
    }

    @Override
    public synchronized Optional<QueueEntry> runNow(long id) {
        requireStorage();
        return entries.permit(id) ? find(id) : Optional.empty();
    }

    @Override
    public synchronized List<EntryEvent> events(long id) {
        requireStorage();
        return entries.story(id);
    }

    @Override
    public synchronized void pause(@Nullable Instant until) {
        requireStorage();
        pause = new Hold(Hold.Cause.MANUAL, "paused by hand", until);
    }

    @Override
    public synchronized boolean resume() {
        requireStorage();
        boolean paused = pause() != null;
        pause = null;
        return paused;
    }

    /** Shows no nights: nothing is ever downloaded here. Each forecast says only where its entry stands. */
    @Override
    public synchronized Plan plan() {
        requireStorage();
        List<Forecast> forecasts =
                entries.active(startsAt()).stream().map(this::forecast).toList();
        return new Plan(clock.instant(), null, List.of(), forecasts);
    }

    @Override
    public synchronized History history(History.Query query) {
        requireStorage();
        return history;
    }

    @Override
    public synchronized List<OutdatedModel> outdated() {
        requireStorage();
        return outdated;
    }

    @Override
    public synchronized RateDecision rate(Requester requester) {
        requireStorage();
        return limiter.peek(requester);
    }

    @Override
    public synchronized ScheduleStatus schedule() {
        return new ScheduleStatus("0 3 * * *", clock.getZone(), nextStart(), runningSince, runsUntil, pause(), null);
    }

    @Override
    public DiskStatus disk() {
        return new DiskStatus("", 0, 0, 0, "Nothing is kept on a disk.");
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
     * @throws IllegalArgumentException if there is no such entry
     */
    public synchronized void download(long id, Download download) {
        if (entries.isPending(id)) {
            entries.tell(id, EntryEvent.Kind.STARTED, "");
        }
        entries.change(id, EntryState.DOWNLOADING, null, download);
    }

    /**
     * Says that an entry ended well.
     *
     * @param id its number
     * @throws IllegalArgumentException if there is no such entry
     */
    public synchronized void complete(long id) {
        entries.change(id, EntryState.COMPLETED, null, null);
        entries.tell(id, EntryEvent.Kind.COMPLETED, "");
    }

    /**
     * Says that an entry was given up.
     *
     * @param id its number
     * @param error why
     * @throws IllegalArgumentException if there is no such entry
     */
    public synchronized void fail(long id, String error) {
        entries.change(id, EntryState.FAILED, error, null);
        entries.tell(id, EntryEvent.Kind.FAILED, error);
    }

    /** Says that the run is over. */
    public synchronized void rest() {
        runningSince = null;
        runsUntil = null;
    }

    /**
     * Says what was downloaded.
     *
     * @param history what every query is answered with
     */
    public synchronized void remember(History history) {
        this.history = history;
    }

    /**
     * Says which models have newer versions.
     *
     * @param outdated the models
     */
    public synchronized void outdate(List<OutdatedModel> outdated) {
        this.outdated = List.copyOf(outdated);
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

    private @Nullable Hold pause() {
        Instant until = pause == null ? null : pause.until();
        return until == null || until.isAfter(clock.instant()) ? pause : null;
    }

    private Forecast forecast(QueueEntry entry) {
        int position = entry.standing().map(Place::position).orElse(1);
        List<Hold> holds = entry.state() == EntryState.DOWNLOADING
                ? List.of()
                : List.of(new Hold(Hold.Cause.TURN, "stands at " + position, null));
        return new Forecast(entry.id(), null, null, Forecast.Tonight.UNKNOWN, holds);
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
