package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Shortage;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Is one request on its way into the queue.
 *
 * @param request what is asked, and by whom
 * @param footprint how big the model is, or null if that is not known
 * @param limiter who is asked before a new entry, unless it is a refresh
 * @param admission who is asked before the limiter if the size is known
 */
record Enqueueing(PullRequest request, @Nullable Footprint footprint, RateLimiter limiter, Admission admission) {

    /**
     * Looks up, asks and stores.
     *
     * @param now when
     * @param start when the queue starts next if it rests
     */
    EnqueueResult in(DSLContext context, Instant now, Instant start) {
        QueueRecord before = Entries.activeOf(context, request.model()).orElse(null);
        QueueEntry entry = before == null ? null : Entries.entry(context, before, start, now);
        if (entry != null) {
            if (isMoreThan(entry.request())) {
                Entries.extend(context, entry.request(), entry.id(), request);
            }
            return new EnqueueResult.AlreadyQueued(entry, limiter.peek(request.requester()));
        }
        if (before != null) {
            Entries.giveUp(context, before.getId(), now);
        }
        Optional<Shortage> shortage = shortage(context);
        if (shortage.isPresent()) {
            return new EnqueueResult.NoRoom(shortage.get(), limiter.peek(request.requester()));
        }
        RateDecision rate =
                request.refresh() ? limiter.peek(request.requester()) : limiter.tryAcquire(request.requester());
        if (!request.refresh() && !rate.allowed()) {
            return new EnqueueResult.RateLimited(rate);
        }
        return new EnqueueResult.Queued(insert(context, now, start), rate);
    }

    /** Whoever asks for a model wants more than its refresh; whoever says that its registry is insecure knows more. */
    private boolean isMoreThan(PullRequest known) {
        return (known.refresh() && !request.refresh()) || (request.insecure() && !known.insecure());
    }

    private Optional<Shortage> shortage(DSLContext context) {
        return footprint == null
                ? Optional.empty()
                : admission.shortage(Footprints.needed(context, footprint), Footprints.reserved(context));
    }

    private QueueEntry insert(DSLContext context, Instant now, Instant start) {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        Places.Key key = Entries.insert(context, request, moment);
        Extent extent = null;
        if (footprint != null) {
            extent = Footprints.store(context, Entries.byId(context, key.id()).orElseThrow(), footprint);
        }
        Place place = Places.ofPending(context, key, start);
        return new QueueEntry(
                key.id(), request, EntryState.PENDING, moment, moment, Attempts.NONE, place, null, extent);
    }
}
