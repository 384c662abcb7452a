package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.jooq.impl.DSL.min;

import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryEvent.Kind;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
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
    private final Leases leases;

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
        this.leases = new Leases(owner, lease);
    }

    /**
     * Claims the first entry that may be tried now, whatever its size.
     *
     * @param runId the run on whose behalf; entries that were deferred in it are left out
     * @return the claim, or empty if nothing is left to try now or another claim lives
     */
    public Optional<Claim> claimNext(long runId) {
        return claimNext(runId, Fits.ALWAYS);
    }

    /**
     * Claims the first entry that may be tried now and fits; those before it that do not are parked.
     *
     * @param runId the run on whose behalf; entries that were deferred in it are left out
     * @param fits who is asked about each entry of known size
     * @return the claim, or empty if nothing is left to try now or another claim lives
     */
    public Optional<Claim> claimNext(long runId, Fits fits) {
        Instant now = clock.instant();
        return database.write(context -> leases.claim(context, isOpenTo(runId), runId, fits, now));
    }

    /**
     * Claims the first entry with a permit of its own that may be tried now and fits; those that do not are parked.
     *
     * @param fits who is asked about each entry of known size
     * @return the claim, or empty if no entry has a permit, none fits, or another claim lives
     */
    public Optional<Claim> claimPermitted(Fits fits) {
        Instant now = clock.instant();
        return database.write(context -> leases.claim(context, Entries.PERMITTED, null, fits, now));
    }

    /**
     * Prolongs a claim.
     *
     * @param claim what {@link #claimNext} returned
     * @param download how far it is, or null if nothing is new
     * @param fetched how many bytes of the entry's layers are on the disk so far
     * @return whether the claim still holds; if not, the entry was removed or belongs to somebody else
     */
    public boolean renew(Claim claim, @Nullable Download download, long fetched) {
        Instant now = clock.instant();
        return database.write(context -> {
            var update = context.update(QUEUE)
                    .set(QUEUE.LEASE_UNTIL, leases.until(now))
                    .set(QUEUE.FETCHED, fetched);
            if (download != null) {
                update = update.set(QUEUE.UPDATED_AT, now)
                        .set(QUEUE.PROGRESS_STATUS, download.progress().status())
                        .set(QUEUE.PROGRESS_DIGEST, download.progress().digest())
                        .set(QUEUE.PROGRESS_TOTAL, download.progress().total())
                        .set(QUEUE.PROGRESS_COMPLETED, download.progress().completed())
                        .set(QUEUE.PROGRESS_RATE, download.bytesPerSecond());
            }
            return update.where(Leases.heldBy(claim)).execute() == 1;
        });
    }

    /**
     * Ends a claim with the model downloaded.
     *
     * @param claim what {@link #claimNext} returned
     * @param layers the digests of the layers that are here now, which other entries may share
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean complete(Claim claim, Collection<String> layers) {
        return database.write(context -> {
            if (context.fetchExists(QUEUE, Leases.heldBy(claim))) {
                Footprints.arrived(context, claim.id(), layers);
            }
            return end(
                    claim,
                    EntryState.COMPLETED,
                    Kind.COMPLETED,
                    "",
                    row -> withoutPermit(row).setNull(QUEUE.ERROR).setNull(QUEUE.RETRY_AT));
        });
    }

    /**
     * Ends a claim and gives the entry up.
     *
     * @param claim what {@link #claimNext} returned
     * @param error why
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean fail(Claim claim, String error) {
        return end(
                claim,
                EntryState.FAILED,
                Kind.FAILED,
                error,
                row -> withoutPermit(failed(row, error)).setNull(QUEUE.RETRY_AT));
    }

    /**
     * Ends a claim for another attempt later; a permit stays.
     *
     * @param claim what {@link #claimNext} returned
     * @param error why this one failed
     * @param notBefore when the next may be made
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean retry(Claim claim, String error, Instant notBefore) {
        return end(
                claim,
                EntryState.PENDING,
                Kind.RETRIED,
                error,
                row -> failed(row, error).set(QUEUE.RETRY_AT, notBefore));
    }

    /**
     * Ends a claim for another attempt in another run; a permit ends with it.
     *
     * @param claim what {@link #claimNext} returned
     * @param error why this one failed
     * @param runId the run that does not try it again
     * @param notBefore when another run may try it at the earliest, or null if that does not matter
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean defer(Claim claim, String error, long runId, @Nullable Instant notBefore) {
        return end(
                claim,
                EntryState.PENDING,
                Kind.RETRIED,
                error,
                row -> withoutPermit(failed(row, error))
                        .set(QUEUE.RETRY_AT, notBefore)
                        .set(QUEUE.DEFERRED_RUN, runId));
    }

    /**
     * Ends a claim whose time is over: the entry goes back to its place with what it has, and no attempt is charged.
     *
     * @param claim what {@link #claimNext} returned
     * @param words why, for a person
     * @param fetched how many bytes of the entry's layers are on the disk so far
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean pause(Claim claim, String words, long fetched) {
        return end(claim, EntryState.PENDING, Kind.PAUSED, words, row -> row.set(QUEUE.FETCHED, fetched));
    }

    /**
     * Ends a claim that came too slowly; no attempt is charged.
     *
     * @param claim what {@link #claimNext} returned
     * @param words how slowly, for a person
     * @param notBefore when it may go on
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean stall(Claim claim, String words, Instant notBefore) {
        return end(
                claim,
                EntryState.PENDING,
                Kind.STALLED,
                words,
                row -> row.set(QUEUE.RETRY_AT, notBefore).set(QUEUE.STALLS, QUEUE.STALLS.plus(1)));
    }

    /**
     * Ends a claim that would fill the disk; no attempt is charged, and {@link #claimNext} finds it again when it fits.
     *
     * @param claim what {@link #claimNext} returned
     * @param missing how many bytes more would have to be free
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean park(Claim claim, long missing) {
        return end(
                claim,
                EntryState.PENDING,
                Kind.PARKED,
                Candidates.words(missing),
                row -> row.set(QUEUE.SHORT_BYTES, missing));
    }

    /**
     * Ends a claim as if it had never been made.
     *
     * @param claim what {@link #claimNext} returned
     * @return whether the claim still held; if not, nothing changed
     */
    public boolean release(Claim claim) {
        return end(claim, EntryState.PENDING, Kind.PAUSED, Leases.HANDED_BACK, row -> row);
    }

    /** Tells whether an entry is still in the queue, whoever has it. */
    public boolean isStanding(long id) {
        return database.read(context -> context.fetchExists(QUEUE, QUEUE.ID.eq(id)));
    }

    /** Tells whether somebody, in whatever process, holds a claim. */
    public boolean isAnyDownloading() {
        Instant now = clock.instant();
        return database.read(context -> context.fetchExists(QUEUE, Entries.DOWNLOADING.andNot(leases.abandoned(now))));
    }

    /**
     * Tells whether a run has anything left: now, after a pause, when there is room, or in somebody's hands.
     *
     * @param runId the run
     * @param longestPause for an entry that pauses longer no run stays open
     */
    public boolean hasWork(long runId, Duration longestPause) {
        Instant soon = clock.instant().plus(longestPause);
        Condition comesSoon = QUEUE.RETRY_AT.isNull().or(QUEUE.RETRY_AT.le(soon));
        return database.read(context ->
                context.fetchExists(QUEUE, Entries.PENDING.and(isOpenTo(runId)).and(comesSoon))
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

    private boolean end(
            Claim claim,
            EntryState state,
            Kind kind,
            String words,
            UnaryOperator<UpdateSetMoreStep<QueueRecord>> more) {
        Instant now = clock.instant();
        return database.write(context -> {
            UpdateSetMoreStep<QueueRecord> update = context.update(QUEUE)
                    .set(QUEUE.STATUS, state)
                    .setNull(QUEUE.LEASE_OWNER)
                    .setNull(QUEUE.LEASE_UNTIL)
                    .set(QUEUE.UPDATED_AT, now);
            boolean held = more.apply(update).where(Leases.heldBy(claim)).execute() == 1;
            if (held) {
                Events.add(context, claim.id(), kind, words, now);
            }
            return held;
        });
    }

    private static UpdateSetMoreStep<QueueRecord> failed(UpdateSetMoreStep<QueueRecord> row, String error) {
        return row.set(QUEUE.ATTEMPTS, QUEUE.ATTEMPTS.plus(1)).set(QUEUE.ERROR, error);
    }

    private static UpdateSetMoreStep<QueueRecord> withoutPermit(UpdateSetMoreStep<QueueRecord> row) {
        return row.set(QUEUE.PERMIT, false);
    }

    private static Condition isOpenTo(long runId) {
        return QUEUE.DEFERRED_RUN.isNull().or(QUEUE.DEFERRED_RUN.ne(runId));
    }
}
