package io.github.ohhhllama.queue;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.Claim;
import io.github.ohhhllama.queue.internal.sqlite.ClaimStore;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import io.github.ohhhllama.queue.internal.sqlite.RunStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns entries into models: one at a time, oldest first, while a run is open.
 *
 * <p>It decides nothing from memory: on every {@link #wake} it asks the database what should run now. Its own thread,
 * {@code ohhhllama-drain}, does the work; a second one, {@code ohhhllama-lease}, keeps the lease of the running download
 * alive and writes its progress once a second. All methods may be called from any thread.
 */
final class QueueDrain implements AutoCloseable {

    private static final Duration RENEWAL = Duration.ofSeconds(1);
    private static final Duration PARTING = Duration.ofSeconds(8);
    private static final Logger LOG = LoggerFactory.getLogger(QueueDrain.class);

    private final ClaimStore claims;
    private final RunStore runs;
    private final OllamaClient ollama;
    private final StartRule startRule;
    private final Verdict verdict;
    private final Duration silence;
    private final Clock clock;

    private final Semaphore wakes = new Semaphore(0);
    private final ScheduledExecutorService leaseKeeper =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "ohhhllama-lease"));
    private final Thread thread = daemon(this::work, "ohhhllama-drain");
    private volatile boolean closing;
    private volatile @Nullable Current current;
    private @Nullable String lastTrouble;

    /** The download that runs now. */
    private record Current(long entry, Attempt attempt) {}

    QueueDrain(
            ClaimStore claims,
            RunStore runs,
            OllamaClient ollama,
            StartRule startRule,
            Verdict verdict,
            Duration silence,
            Clock clock) {
        this.claims = claims;
        this.runs = runs;
        this.ollama = ollama;
        this.startRule = startRule;
        this.verdict = verdict;
        this.silence = silence;
        this.clock = clock;
    }

    /** Starts the thread; nothing is downloaded before the first {@link #wake}. */
    void start() {
        thread.start();
    }

    /** Makes the drain look at once at what should run now. */
    void wake() {
        wakes.release();
    }

    /**
     * Ends the download of an entry if it runs here.
     *
     * @param entry the entry's number
     */
    void abort(long entry) {
        Current running = current;
        if (running != null && running.entry() == entry) {
            running.attempt().abort();
        }
    }

    /** Ends the running download, hands its entry back and stops both threads. */
    @Override
    public void close() {
        closing = true;
        Current running = current;
        if (running != null) {
            running.attempt().abort();
        }
        wakes.release();
        try {
            thread.join(PARTING.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        leaseKeeper.shutdownNow();
    }

    private void work() {
        while (!closing) {
            try {
                wakes.acquire();
                wakes.drainPermits();
                look();
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private void look() {
        try {
            startRule.apply();
            Optional<Run> run = runs.currentRun();
            if (run.isPresent()) {
                drain(run.get());
            }
            lastTrouble = null;
        } catch (QueueStorageException trouble) {
            // The next wake is seconds away; one line an incident is enough.
            if (!trouble.getMessage().equals(lastTrouble)) {
                LOG.warn("the queue rests: {}", trouble.getMessage());
                lastTrouble = trouble.getMessage();
            }
        } catch (RuntimeException unplanned) {
            LOG.error("the queue met something nobody planned and goes on with the next wake", unplanned);
        }
    }

    private void drain(Run run) {
        while (!closing) {
            Optional<Claim> claim = claims.claimNext(run.id());
            if (claim.isEmpty()) {
                if (!claims.hasWork(run.id())) {
                    runs.finishRun(run.id());
                    LOG.info("the queue is done");
                }
                return;
            }
            fulfil(claim.get(), run);
        }
    }

    private void fulfil(Claim claim, Run run) {
        Attempt attempt = new Attempt(ollama, claim.request(), silence, clock);
        current = new Current(claim.id(), attempt);
        if (closing) {
            attempt.abort();
        }
        LOG.info("downloading {} (entry {})", claim.request().model(), claim.id());
        ScheduledFuture<?> renewal = leaseKeeper.scheduleWithFixedDelay(
                () -> renew(claim, attempt), RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (isRefreshOfNothing(claim)) {
                claims.fail(claim, "the model was deleted before it could be refreshed");
                return;
            }
            attempt.run();
            renewal.cancel(false);
            claims.complete(claim);
            LOG.info("{} is here (entry {})", claim.request().model(), claim.id());
        } catch (OllamaException failure) {
            renewal.cancel(false);
            settle(claim, run, attempt, failure);
        } finally {
            renewal.cancel(false);
            current = null;
        }
    }

    /** What somebody deleted on purpose must not come back because it was to be refreshed. */
    private boolean isRefreshOfNothing(Claim claim) {
        return claim.request().refresh()
                && ollama.installedModels().stream()
                        .noneMatch(model -> model.name().equals(claim.request().model()));
    }

    private void renew(Claim claim, Attempt attempt) {
        try {
            if (!claims.renew(claim, attempt.download())) {
                LOG.info("entry {} was taken away, its download ends", claim.id());
                attempt.abort();
            }
        } catch (QueueStorageException trouble) {
            // The download goes on: if the lease is lost meanwhile, the next renewal that gets through says so.
            LOG.debug("entry {} could not be renewed: {}", claim.id(), trouble.getMessage());
        }
    }

    private void settle(Claim claim, Run run, Attempt attempt, OllamaException failure) {
        if (attempt.isAborted()) {
            claims.release(claim);
            return;
        }
        String error = failure.getMessage();
        Verdict.Decision decision = verdict.on(failure, claim.id(), run.id());
        LOG.info("entry {}, {}: {} ({})", claim.id(), claim.request().model(), error, decision.words());
        if (decision instanceof Verdict.Retry retry) {
            claims.retry(claim, error, clock.instant().plus(retry.pause()));
        } else if (decision instanceof Verdict.Defer) {
            claims.defer(claim, error, run.id());
        } else {
            claims.fail(claim, error);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
