package io.github.ohhhllama.queue;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Preview;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.internal.disk.ModelStore;
import io.github.ohhhllama.queue.internal.sqlite.QueueStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes requests in: asks what they mean, whether there is room, whether the limit allows them, and stores them. Thread-safe. */
final class FrontDesk {

    private final QueueStore store;
    private final Preflight preflight;
    private final ModelStore disk;
    private final Listeners listeners;

    FrontDesk(QueueStore store, Preflight preflight, ModelStore disk, Listeners listeners) {
        this.store = store;
        this.preflight = preflight;
        this.disk = disk;
        this.listeners = listeners;
    }

    /**
     * Queues a model.
     *
     * @param request what is asked, and by whom
     * @param limiter who is asked before a new entry
     * @return what happened
     */
    EnqueueResult enqueue(PullRequest request, RateLimiter limiter) {
        // A look at the database is cheap beside a question to a registry, and for nothing without one.
        if (preflight.isBlind(request) || store.isActive(request.model())) {
            return store(request, null, limiter);
        }
        return answer(request, preflight.look(request), limiter);
    }

    /**
     * Tells what {@link #enqueue} would do, without doing it.
     *
     * @param request what would be asked, and by whom
     * @param limiter who would be asked
     * @param planner foresees when it would be ready
     */
    Preview preview(PullRequest request, RateLimiter limiter, NightPlanner planner) {
        RateDecision rate = limiter.peek(request.requester());
        Optional<QueueEntry> active = store.findActive(request.model());
        if (active.isPresent()) {
            Forecast forecast = planner.plan().forecast(active.get().id()).orElse(null);
            return new Preview(new EnqueueResult.AlreadyQueued(active.get(), rate), null, forecast);
        }
        Preflight.Finding finding = preflight.look(request);
        if (finding instanceof Preflight.Refused refused) {
            return new Preview(new EnqueueResult.NotOffered(refused.failure(), refused.words(), rate), null, null);
        }
        if (finding instanceof Preflight.Current current) {
            return new Preview(new EnqueueResult.UpToDate(current.installed(), rate), null, null);
        }
        return preview(request, footprint(finding), limiter, planner);
    }

    private Preview preview(
            PullRequest request, @Nullable Footprint footprint, RateLimiter limiter, NightPlanner planner) {
        EnqueueResult outcome = store.imagine(request, footprint, new Unasked(limiter), disk::shortage);
        Forecast forecast = outcome instanceof EnqueueResult.Queued queued
                ? planner.forecast(queued.entry()).orElse(null)
                : null;
        return new Preview(outcome, footprint, forecast);
    }

    /** Says what a limiter would say, and charges nobody. */
    private record Unasked(RateLimiter limiter) implements RateLimiter {

        @Override
        public RateDecision tryAcquire(Requester requester) {
            return limiter.peek(requester);
        }

        @Override
        public RateDecision peek(Requester requester) {
            return limiter.peek(requester);
        }
    }

    private EnqueueResult answer(PullRequest request, Preflight.Finding finding, RateLimiter limiter) {
        if (finding instanceof Preflight.Refused refused) {
            RateDecision rate = limiter.peek(request.requester());
            return new EnqueueResult.NotOffered(refused.failure(), refused.words(), rate);
        }
        if (finding instanceof Preflight.Current current) {
            return new EnqueueResult.UpToDate(current.installed(), limiter.peek(request.requester()));
        }
        return store(request, footprint(finding), limiter);
    }

    private EnqueueResult store(PullRequest request, @Nullable Footprint footprint, RateLimiter limiter) {
        EnqueueResult result = store.enqueue(request, footprint, limiter, disk::shortage);
        if (result instanceof EnqueueResult.Queued queued) {
            QueueEntry entry = queued.entry();
            listeners.entryChanged(entry, new EntryEvent(entry.id(), entry.createdAt(), EntryEvent.Kind.QUEUED, ""));
        }
        return result;
    }

    private static @Nullable Footprint footprint(Preflight.Finding finding) {
        return finding instanceof Preflight.Available available ? available.footprint() : null;
    }
}
