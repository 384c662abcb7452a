package io.github.ohhhllama.queue;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.Shortage;
import io.github.ohhhllama.queue.internal.disk.ModelStore;
import io.github.ohhhllama.queue.internal.sqlite.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one download, once a second: keeps its lease, writes down how far it is, and ends it when it must not go on.
 *
 * <p>Whether it may go on is asked of the clock first, so that a window closes although the database is in trouble.
 */
final class Watch implements Runnable {

    /** More time than this did not pass between two looks: the computer slept, or its clock was set. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Claim claim;
    private final Attempt attempt;
    private final Ledger ledger;
    private final Permission permission;
    private final ModelStore disk;
    private final StallGuard stalls;
    private final Clock clock;
    private Instant last;
    private long counted;

    Watch(
            Claim claim,
            Attempt attempt,
            Ledger ledger,
            Permission permission,
            ModelStore disk,
            StallGuard stalls,
            Clock clock) {
        this.claim = claim;
        this.attempt = attempt;
        this.ledger = ledger;
        this.permission = permission;
        this.disk = disk;
        this.stalls = stalls;
        this.clock = clock;
        this.last = clock.instant();
    }

    @Override
    public void run() {
        try {
            objection().ifPresent(attempt::end);
            account();
            if (!ledger.claims().renew(claim, attempt.download(), attempt.present(claim))) {
                attempt.end(new Ending.Lost());
            }
            ledger.listeners().progressed(claim.id());
        } catch (QueueStorageException trouble) {
            // The download goes on: if the lease is lost meanwhile, the next renewal that gets through says so.
            LOG.debug("entry {} could not be renewed: {}", claim.id(), trouble.getMessage());
        } catch (RuntimeException | Error unplanned) {
            // Thrown further, it would end the watch, and with it the lease.
            LOG.error("the watch over entry {} met something nobody planned and goes on", claim.id(), unplanned);
        }
    }

    /** Adds what came since the last look to the measured pace of this hour, and tells of it; for any thread. */
    synchronized void account() {
        Instant now = clock.instant();
        long bytes = attempt.throughput().fetched();
        Duration step = Duration.between(last, now);
        if (!step.isNegative() && step.compareTo(LONGEST_STEP) <= 0 && !attempt.isVerifying()) {
            ledger.pace().add(last, bytes - counted, step.toMillis());
        }
        long fresh = bytes - counted;
        counted = bytes;
        last = now;
        ledger.listeners().received(fresh);
    }

    private Optional<Ending> objection() {
        return permission.objection(claim).or(this::stalled).or(this::full);
    }

    private Optional<Ending> stalled() {
        if (attempt.isVerifying()) {
            stalls.forget();
            return Optional.empty();
        }
        return stalls.look(clock.instant(), attempt.throughput().fetched()).map(Ending.Stalled::new);
    }

    private Optional<Ending> full() {
        Optional<Shortage> shortage = disk.shortage(claim.stillMissing(attempt.present(claim)), 0);
        return shortage.map(Ending.Full::new);
    }
}
