package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.jooq.impl.DSL.min;

import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.UpdateSetMoreStep;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the entries to download, one at a time among all processes. Who holds a claim renews its lease; when the lease
 * ends unrenewed, the entry goes back to its place.
 *
 * <p>Thread-safe. Every method throws {@link QueueStorageException} if the database cannot be used at the moment.
 */
public final class ClaimStore {

    private final Database database;
    private final Clock clock;
    private final String owner;
    private final Duration lease;

    /**
     * Creates the store.
     *
     * @param database where the entries are kept
     * @param clock tells whether a lease has ended
     * @param owner the name of this process among those that share the database
     * @param lease how long a claim lasts unless it is renewed
     */
    public ClaimStore(Database database, Clock clock, String owner, Duration lease) {
        this.database = database;
        this.clock = clock;
        this.owner = owner;
        this.lease = lease;
    }

    /**
     * Claims the oldest entry that may be tried now.
     *
     * @param runId the run on whose behalf; entries that were deferred in it are left out
     * @return the claim, or empty if nothing is left to try now or another claim lives
     */
    public Optional<Claim> claimNext(long runId) {
        return database.write(context -> {
            Instant now = clock.instant();
            giveBackAbandoned(context, now);
            return context.fetchExists(QUEUE, Entries.DOWNLOADING) ? Optional.empty() : claim(context, runId, now);
        });
    }

    /**
     * Prolongs a claim.
     *
     * @param claim what {@link #claimNext} returned
     * @param download how far it is, or null if nothing is new
     * @return whether the claim still holds; if not, the entry was removed or belongs to somebody else
     */
    public boolean renew(Claim claim, @Nullable Download download) {
        return database.write(context -> {
            Instant now = clock.instant();
            var update = context.update(QUEUE).set(QUEUE.LEASE_UNTIL, now.plus(lease));
            if (download != null) {
                update = update.set(QUEUE.UPDATED_AT, now)
                        .set(QUEUE.PROGRESS_STATUS, download.progress().status())
                        .set(QUEUE.PROGRESS_DIGEST, download.progress().digest())
                        .set(QUEUE.PROGRESS_TOTAL, download.progress().total())
                        .set(QUEUE.PROGRESS_COMPLETED, download.progress().completed())
                        .set(QUEUE.PROGRESS_RATE, download.bytesPerSecond());
            }
            return update.where(heldBy(claim)).execute() == 1;
        });
    }

    /**
     * Ends a claim with the model downloaded.
     *
     * @param claim what {@link #claimNext} returned
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean complete(Claim claim) {
        return end(claim, EntryState.COMPLETED, row -> row.setNull(QUEUE.ERROR).setNull(QUEUE.RETRY_AT));
    }

    /**
     * Ends a claim and gives the entry up.
     *
     * @param claim what {@link #claimNext} returned
     * @param error why
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean fail(Claim claim, String error) {
        return end(claim, EntryState.FAILED, row -> failed(row, error).setNull(QUEUE.RETRY_AT));
    }

    /**
     * Ends a claim for another attempt later.
     *
     * @param claim what {@link #claimNext} returned
     * @param error why this one failed
     * @param notBefore when the next may be made
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean retry(Claim claim, String error, Instant notBefore) {
        return end(claim, EntryState.PENDING, row -> failed(row, error).set(QUEUE.RETRY_AT, notBefore));
    }

    /**
     * Ends a claim for another attempt in another run.
     *
     * @param claim what {@link #claimNext} returned
     * @param error why this one failed
     * @param runId the run that does not try it again
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean defer(Claim claim, String error, long runId) {
        return end(
                claim,
                EntryState.PENDING,
                row -> failed(row, error).setNull(QUEUE.RETRY_AT).set(QUEUE.DEFERRED_RUN, runId));
    }

    /**
     * Ends a claim as if it had never been made.
     *
     * @param claim what {@link #claimNext} returned
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean release(Claim claim) {
        return end(claim, EntryState.PENDING, row -> row);
    }

    /** Tells whether somebody, in whatever process, holds a claim. */
    public boolean isAnyDownloading() {
        Instant now = clock.instant();
        return database.read(context -> context.fetchExists(QUEUE, Entries.DOWNLOADING.andNot(abandoned(now))));
    }

    /**
     * Tells whether a run has anything left: now, after a pause, or in somebody's hands.
     *
     * @param runId the run
     */
    public boolean hasWork(long runId) {
        return database.read(context -> context.fetchExists(QUEUE, Entries.PENDING.and(isOpenTo(runId)))
                || context.fetchExists(QUEUE, Entries.DOWNLOADING));
    }

    /**
     * Returns when the first pause ends after which a run may try an entry again.
     *
     * @param runId the run
     * @return the moment, or empty if no entry pauses
     */
    public Optional<Instant> nextRetry(long runId) {
        Instant now = clock.instant();
        return database.read(context -> Optional.ofNullable(context.select(min(QUEUE.RETRY_AT))
                .from(QUEUE)
                .where(Entries.PENDING)
                .and(QUEUE.RETRY_AT.gt(now))
                .and(isOpenTo(runId))
                .fetchSingle()
                .value1()));
    }

    private Optional<Claim> claim(DSLContext context, long runId, Instant now) {
        while (true) {
            QueueRecord row = oldest(context, runId, now);
            if (row == null) {
                return Optional.empty();
            }
            PullRequest request = Entries.request(row);
            if (request != null) {
                take(context, row.getId(), now);
                return Optional.of(new Claim(row.getId(), request, owner, Math.toIntExact(row.getAttempts())));
            }
            QueueStore.giveUp(context, row.getId(), now);
        }
    }

    private static @Nullable QueueRecord oldest(DSLContext context, long runId, Instant now) {
        return context.selectFrom(QUEUE)
                .where(Entries.PENDING)
                .and(QUEUE.RETRY_AT.isNull().or(QUEUE.RETRY_AT.le(now)))
                .and(isOpenTo(runId))
                .orderBy(QUEUE.ID)
                .limit(1)
                .fetchOne();
    }

    private void take(DSLContext context, long id, Instant now) {
        context.update(QUEUE)
                .set(QUEUE.STATUS, EntryState.DOWNLOADING)
                .set(QUEUE.LEASE_OWNER, owner)
                .set(QUEUE.LEASE_UNTIL, now.plus(lease))
                .set(QUEUE.UPDATED_AT, now)
                // What is there stays there, but the rate was that of the last attempt.
                .setNull(QUEUE.PROGRESS_RATE)
                .where(QUEUE.ID.eq(id))
                .execute();
    }

    private void giveBackAbandoned(DSLContext context, Instant now) {
        context.update(QUEUE)
                .set(QUEUE.STATUS, EntryState.PENDING)
                .setNull(QUEUE.LEASE_OWNER)
                .setNull(QUEUE.LEASE_UNTIL)
                .set(QUEUE.UPDATED_AT, now)
                .where(Entries.DOWNLOADING)
                .and(abandoned(now))
                .execute();
    }

    private boolean end(Claim claim, EntryState state, UnaryOperator<UpdateSetMoreStep<QueueRecord>> more) {
        return database.write(context -> {
            UpdateSetMoreStep<QueueRecord> update = context.update(QUEUE)
                    .set(QUEUE.STATUS, state)
                    .setNull(QUEUE.LEASE_OWNER)
                    .setNull(QUEUE.LEASE_UNTIL)
                    .set(QUEUE.UPDATED_AT, clock.instant());
            return more.apply(update).where(heldBy(claim)).execute() == 1;
        });
    }

    private static UpdateSetMoreStep<QueueRecord> failed(UpdateSetMoreStep<QueueRecord> row, String error) {
        return row.set(QUEUE.ATTEMPTS, QUEUE.ATTEMPTS.plus(1)).set(QUEUE.ERROR, error);
    }

    /** A lease that ends too far ahead was given before the clock was set back. */
    private Condition abandoned(Instant now) {
        return QUEUE.LEASE_UNTIL
                .isNull()
                .or(QUEUE.LEASE_UNTIL.le(now))
                .or(QUEUE.LEASE_UNTIL.gt(now.plus(lease.multipliedBy(2))));
    }

    private static Condition heldBy(Claim claim) {
        return QUEUE.ID.eq(claim.id()).and(Entries.DOWNLOADING).and(QUEUE.LEASE_OWNER.eq(claim.owner()));
    }

    private static Condition isOpenTo(long runId) {
        return QUEUE.DEFERRED_RUN.isNull().or(QUEUE.DEFERRED_RUN.ne(runId));
    }
}
