package io.github.ohhhllama.queue;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.Shortage;
import io.github.ohhhllama.queue.internal.disk.ModelStore;
import io.github.ohhhllama.queue.internal.sqlite.Claim;
import io.github.ohhhllama.queue.internal.sqlite.ClaimStore;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns entries into models: one at a time, in their order, while a run is open; and those with a permit of their own
 * whenever they have it.
 *
 * <p>It decides nothing from memory: on every {@link #wake} it asks the clock and the database what should run now. Its
 * own thread, {@code ohhhllama-drain}, does the work. All methods may be called from any thread.
 */
final class QueueDrain {

    private static final Duration PARTING = Duration.ofSeconds(8);
    private static final Logger LOG = LoggerFactory.getLogger(QueueDrain.class);

    private final ClaimStore claims;
    private final RunBook runs;
    private final Shifts shifts;
    private final Permission permission;
    private final ModelStore disk;
    private final Stillness stillness;
    private final Fulfilment fulfilment;

    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread = new Daemons("ohhhllama-drain").newThread(this::work);
    private volatile boolean closing;
    private @Nullable String lastTrouble;

    QueueDrain(
            ClaimStore claims,
            RunBook runs,
            Shifts shifts,
            Permission permission,
            ModelStore disk,
            Stillness stillness,
            Fulfilment fulfilment) {
        this.claims = claims;
        this.runs = runs;
        this.shifts = shifts;
        this.permission = permission;
        this.disk = disk;
        this.stillness = stillness;
        this.fulfilment = fulfilment;
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
        fulfilment.end(entry, new Ending.Lost());
    }

    /**
     * Begins no other download, lets the running one go on for a while, ends it, hands its entry back and stops.
     *
     * @param patience for how long it may go on; over as soon as the calling thread is interrupted
     */
    void close(Duration patience) {
        closing = true;
        fulfilment.refuse();
        wakes.release();
        boolean interrupted = isInterruptedWaiting(patience);
        fulfilment.end();
        interrupted |= isInterruptedWaiting(PARTING);
        fulfilment.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isInterruptedWaiting(Duration longest) {
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, TimeUnit.MILLISECONDS.convert(longest));
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        }
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
            while (!closing && step()) {
                // The next entry.
            }
            lastTrouble = null;
        } catch (QueueStorageException trouble) {
            // The next wake is seconds away; one line an incident is enough.
            if (!trouble.getMessage().equals(lastTrouble)) {
                LOG.warn("the queue rests: {}", trouble.getMessage());
                lastTrouble = trouble.getMessage();
            }
        } catch (RuntimeException | Error unplanned) {
            LOG.error("the queue met something nobody planned and goes on with the next wake", unplanned);
        }
    }

    /** Does what is to be done now, and tells whether there may be more. */
    private boolean step() {
        shifts.apply();
        stillness.look();
        if (permission.pause().isPresent()) {
            return false;
        }
        Optional<Run> run = runs.current();
        Optional<Claim> claim = claims.claimPermitted(this::fits);
        if (claim.isEmpty() && run.isPresent()) {
            claim = claims.claimNext(run.get().id(), this::fits);
        }
        if (claim.isPresent()) {
            fulfilment.fulfil(claim.get(), run.map(Run::id).orElse(0L));
            return true;
        }
        run.filter(open -> shifts.endsWhenEmpty(open) && !claims.hasWork(open.id(), Verdict.LONGEST_PAUSE_IN_RUN))
                .ifPresent(runs::finish);
        return false;
    }

    private Optional<Shortage> fits(long stillMissing) {
        return disk.shortage(stillMissing, 0);
    }
}
