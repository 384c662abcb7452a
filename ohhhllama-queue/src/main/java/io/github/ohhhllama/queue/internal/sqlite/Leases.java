package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;

import io.github.ohhhllama.EntryEvent.Kind;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives entries into the hands of one process, and takes them back when it is gone.
 *
 * @param owner the name of this process among those that share the database
 * @param length how long a claim lasts unless it is renewed
 */
record Leases(String owner, Duration length) {

    static final String HANDED_BACK = "handed back";

    private static final String ABANDONED = "the lease ended";

    Instant until(Instant now) {
        return now.plus(length);
    }

    /**
     * Claims the first entry that fits, unless another claim lives.
     *
     * @param which the entries that may be tried
     * @param runId the run on whose behalf, or null if it is in none
     */
    Optional<Claim> claim(DSLContext context, Condition which, @Nullable Long runId, Fits fits, Instant now) {
        giveBackAbandoned(context, now);
        if (context.fetchExists(QUEUE, Entries.DOWNLOADING)) {
            return Optional.empty();
        }
        QueueRecord row = new Candidates(context, which, fits, now).next();
        return row == null ? Optional.empty() : Optional.of(take(context, row, runId, now));
    }

    /** A lease that ends too far ahead was given before the clock was set back. */
    Condition abandoned(Instant now) {
        return QUEUE.LEASE_UNTIL
                .isNull()
                .or(QUEUE.LEASE_UNTIL.le(now))
                .or(QUEUE.LEASE_UNTIL.gt(now.plus(length.multipliedBy(2))));
    }

    static Condition heldBy(Claim claim) {
        return QUEUE.ID.eq(claim.id()).and(Entries.DOWNLOADING).and(QUEUE.LEASE_OWNER.eq(claim.owner()));
    }

    private Claim take(DSLContext context, QueueRecord row, @Nullable Long runId, Instant now) {
        boolean another = runId != null && !runId.equals(row.getLastRun());
        long nights = row.getNights() + (another ? 1 : 0);
        context.update(QUEUE)
                .set(QUEUE.STATUS, EntryState.DOWNLOADING)
                .set(QUEUE.LEASE_OWNER, owner)
                .set(QUEUE.LEASE_UNTIL, until(now))
                .set(QUEUE.UPDATED_AT, now)
                .setNull(QUEUE.SHORT_BYTES)
                // What is there stays there, but the rate was that of the last attempt.
                .setNull(QUEUE.PROGRESS_RATE)
                .set(QUEUE.NIGHTS, nights)
                .set(QUEUE.LAST_RUN, runId == null ? row.getLastRun() : runId)
                .where(QUEUE.ID.eq(row.getId()))
                .execute();
        Events.add(context, row.getId(), Kind.STARTED, "", now);
        PullRequest request = Objects.requireNonNull(Entries.request(row), "a candidate has a name");
        return new Claim(
                row.getId(),
                request,
                owner,
                Math.toIntExact(row.getAttempts()),
                Math.toIntExact(nights),
                row.getFetched(),
                Entries.extent(row),
                row.getPermit(),
                Footprints.lacking(context, row.getId()));
    }

    private void giveBackAbandoned(DSLContext context, Instant now) {
        Condition lost = Entries.DOWNLOADING.and(abandoned(now));
        for (long id : context.select(QUEUE.ID).from(QUEUE).where(lost).fetch(QUEUE.ID)) {
            context.update(QUEUE)
                    .set(QUEUE.STATUS, EntryState.PENDING)
                    .setNull(QUEUE.LEASE_OWNER)
                    .setNull(QUEUE.LEASE_UNTIL)
                    .set(QUEUE.UPDATED_AT, now)
                    .where(QUEUE.ID.eq(id))
                    .execute();
            Events.add(context, id, Kind.PAUSED, ABANDONED, now);
        }
    }
}
