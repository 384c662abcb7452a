package io.github.ohhhllama.queue;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.queue.internal.disk.ModelStore;
import io.github.ohhhllama.queue.internal.sqlite.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one entry a model, or finds out why not, and writes down what became of it.
 *
 * <p>{@link #fulfil} is called by one thread; {@link #end} by any. A thread of its own, {@code ohhhllama-lease}, watches the
 * download once a second.
 */
final class Fulfilment implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fulfilment.class);

    private final OllamaClient ollama;
    private final Ledger ledger;
    private final Permission permission;
    private final ModelStore disk;
    private final Stillness stillness;
    private final Verdict verdict;
    private final Supplier<Limits> rules;
    private final Clock clock;
    private final ScheduledExecutorService watchman =
            Executors.newSingleThreadScheduledExecutor(new Daemons("ohhhllama-lease"));
    private volatile @Nullable Current current;
    private volatile boolean closing;

    /**
     * Says when a download is not worth waiting for.
     *
     * @param silence how long Ollama may say nothing
     * @param stall how slow is too slow
     * @param look how long to rest between two looks at a download
     */
    record Limits(Duration silence, StallGuard.Limits stall, Duration look) {}

    /** The download that runs now. */
    private record Current(long entry, Attempt attempt) {}

    Fulfilment(
            OllamaClient ollama,
            Ledger ledger,
            Permission permission,
            ModelStore disk,
            Stillness stillness,
            Verdict verdict,
            Supplier<Limits> rules,
            Clock clock) {
        this.ollama = ollama;
        this.ledger = ledger;
        this.permission = permission;
        this.disk = disk;
        this.stillness = stillness;
        this.verdict = verdict;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Downloads what was claimed, and returns when that has ended in whatever way.
     *
     * @param claim the right to it
     * @param run the run it belongs to; for an entry with a permit of its own there need be none, then 0
     */
    void fulfil(Claim claim, long run) {
        Limits limits = rules.get();
        Attempt attempt = new Attempt(ollama, claim, limits.silence(), clock);
        Instant from = clock.instant();
        Watch watch = new Watch(claim, attempt, ledger, permission, disk, new StallGuard(limits.stall()), clock);
        current = new Current(claim.id(), attempt);
        if (closing) {
            attempt.end(new Ending.Closing());
        }
        stillness.started();
        LOG.info("downloading {} (entry {})", claim.request().model(), claim.id());
        ledger.listeners().entryChanged(claim.id(), EntryEvent.Kind.STARTED, "");
        ScheduledFuture<?> watching =
                watchman.scheduleWithFixedDelay(watch, 0, limits.look().toMillis(), TimeUnit.MILLISECONDS);
        Outcome outcome;
        try {
            outcome = attempt(claim, attempt, run);
        } finally {
            watching.cancel(false);
            current = null;
        }
        boolean held = outcome.write().getAsBoolean();
        watch.account();
        Fetch fetch = fetch(claim, attempt, from, outcome);
        ledger.fetches().add(fetch, run == 0 ? null : run);
        ledger.listeners().attemptEnded(fetch, outcome.failure());
        if (held) {
            ledger.listeners().entryChanged(claim.id(), outcome.event(), outcome.words());
        }
    }

    /**
     * Ends the download of an entry if it runs here.
     *
     * @param entry the entry's number
     * @param why the reason
     */
    void end(long entry, Ending why) {
        Current running = current;
        if (running != null && running.entry() == entry) {
            running.attempt().end(why);
        }
    }

    /** Ends from now on what is about to begin, because the program stops; what runs here goes on. */
    void refuse() {
        closing = true;
    }

    /** Ends the download that runs here, because the program stops. */
    void end() {
        Current running = current;
        if (running != null) {
            running.attempt().end(new Ending.Closing());
        }
    }

    @Override
    public void close() {
        watchman.shutdownNow();
    }

    /**
     * Is what became of an attempt.
     *
     * @param how in one word
     * @param event what it is in the story of the entry
     * @param words why
     * @param write writes it to the entry, and tells whether that was still in our hands
     * @param failure who let it down, or null if nobody did
     */
    private record Outcome(
            Fetch.Outcome how,
            EntryEvent.Kind event,
            String words,
            BooleanSupplier write,
            @Nullable PullFailure failure) {

        Outcome(Fetch.Outcome how, EntryEvent.Kind event, String words, BooleanSupplier write) {
            this(how, event, words, write, null);
        }

        Outcome because(PullFailure cause) {
            return new Outcome(how, event, words, write, cause);
        }
    }

    private Outcome attempt(Claim claim, Attempt attempt, long run) {
        try {
            if (isRefreshOfNothing(claim)) {
                return failed(claim, "the model was deleted before it could be refreshed");
            }
            attempt.run();
            LOG.info("{} is here (entry {})", claim.request().model(), claim.id());
            return new Outcome(
                    Fetch.Outcome.COMPLETED,
                    EntryEvent.Kind.COMPLETED,
                    "",
                    () -> ledger.claims().complete(claim, attempt.throughput().layers()));
        } catch (OllamaException failure) {
            return missed(claim, attempt, run, failure);
        } catch (RuntimeException unforeseen) {
            // Whatever it is, it is about this model, and must not hold up those behind it.
            LOG.error(
                    "entry {}, {}: nobody planned this",
                    claim.id(),
                    claim.request().model(),
                    unforeseen);
            return missed(
                    claim,
                    attempt,
                    run,
                    new OllamaException(PullFailure.NETWORK, "nobody planned this: " + unforeseen, null, unforeseen));
        }
    }

    private Outcome missed(Claim claim, Attempt attempt, long run, OllamaException failure) {
        return attempt.ending()
                .map(ending -> ended(claim, attempt, ending))
                .orElseGet(() -> judged(claim, run, failure).because(failure.failure()));
    }

    /** What somebody deleted on purpose must not come back because it was to be refreshed. */
    private boolean isRefreshOfNothing(Claim claim) {
        return claim.request().refresh()
                && ollama.installedModels().stream()
                        .noneMatch(model -> model.name().equals(claim.request().model()));
    }

    private Outcome ended(Claim claim, Attempt attempt, Ending ending) {
        long present = attempt.present(claim);
        if (!(ending instanceof Ending.Closing)) {
            stillness.ended(claim.request(), attempt.throughput().layers());
        }
        if (ending instanceof Ending.Paused paused) {
            return paused(claim, paused, present);
        }
        if (ending instanceof Ending.Stalled stalled) {
            Instant again = clock.instant().plus(verdict.afterStall());
            return new Outcome(
                    Fetch.Outcome.STALLED,
                    EntryEvent.Kind.STALLED,
                    stalled.words(),
                    () -> ledger.claims().stall(claim, stalled.words(), again));
        }
        if (ending instanceof Ending.Full full) {
            return new Outcome(
                    Fetch.Outcome.PAUSED,
                    EntryEvent.Kind.PARKED,
                    "the disk would be full",
                    () -> ledger.claims().park(claim, full.shortage().missing()));
        }
        if (ending instanceof Ending.Lost) {
            LOG.info("entry {} was taken away, its download ends", claim.id());
            return ledger.claims().isStanding(claim.id())
                    ? new Outcome(Fetch.Outcome.PAUSED, EntryEvent.Kind.PAUSED, "it is in other hands now", () -> false)
                    : new Outcome(Fetch.Outcome.REMOVED, EntryEvent.Kind.PAUSED, "", () -> false);
        }
        return new Outcome(
                Fetch.Outcome.PAUSED,
                EntryEvent.Kind.PAUSED,
                "the program stopped",
                () -> ledger.claims().release(claim));
    }

    private Outcome paused(Claim claim, Ending.Paused pause, long present) {
        String words = pause.words();
        LOG.info("entry {}, {}: {}", claim.id(), claim.request().model(), words);
        if (pause.nightIsOver() && verdict.isLastNight(claim.nights())) {
            return failed(claim, "not complete after " + claim.nights() + " nights");
        }
        return new Outcome(
                Fetch.Outcome.PAUSED,
                EntryEvent.Kind.PAUSED,
                words,
                () -> ledger.claims().pause(claim, words, present));
    }

    private Outcome judged(Claim claim, long run, OllamaException failure) {
        String error = failure.getMessage();
        Verdict.Decision decision = verdict.on(failure, claim, run);
        LOG.info("entry {}, {}: {} ({})", claim.id(), claim.request().model(), error, decision.words());
        if (decision instanceof Verdict.Retry retry) {
            Instant again = clock.instant().plus(retry.pause());
            return new Outcome(
                    Fetch.Outcome.FAILED,
                    EntryEvent.Kind.RETRIED,
                    error,
                    () -> ledger.claims().retry(claim, error, again));
        }
        if (decision instanceof Verdict.Defer defer) {
            Instant notBefore = defer.pause().isZero() ? null : clock.instant().plus(defer.pause());
            return new Outcome(
                    Fetch.Outcome.FAILED,
                    EntryEvent.Kind.RETRIED,
                    error,
                    () -> ledger.claims().defer(claim, error, run, notBefore));
        }
        return failed(claim, error);
    }

    private Outcome failed(Claim claim, String error) {
        return new Outcome(
                Fetch.Outcome.FAILED,
                EntryEvent.Kind.FAILED,
                error,
                () -> ledger.claims().fail(claim, error));
    }

    private Fetch fetch(Claim claim, Attempt attempt, Instant from, Outcome outcome) {
        Instant to = clock.instant();
        return new Fetch(
                claim.id(),
                claim.request().model(),
                claim.request().requester(),
                from,
                to.isBefore(from) ? from : to,
                attempt.throughput().fetched(),
                attempt.throughput().peak(),
                outcome.how(),
                outcome.words(),
                permission.windowOpened(from));
    }
}
