package io.github.ohhhllama.queue;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Requester;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queues what the house itself wants: under the same rules as everybody, but charged to nobody. Thread-safe. */
final class NightOrders {

    private static final Logger LOG = LoggerFactory.getLogger(NightOrders.class);

    private static final RateLimiter NOBODY = new RateLimiter() {
        @Override
        public RateDecision tryAcquire(Requester requester) {
            return new RateDecision(true, 0, 0, Instant.MAX);
        }

        @Override
        public RateDecision peek(Requester requester) {
            return tryAcquire(requester);
        }
    };

    private final FrontDesk desk;

    NightOrders(FrontDesk desk) {
        this.desk = desk;
    }

    /**
     * Queues a model, if it is to be had and fits.
     *
     * @param request the model, and which part of the house wants it
     */
    void order(PullRequest request) {
        String outcome = desk.enqueue(request, NOBODY)
                .match(
                        queued -> "queued as entry " + queued.entry().id(),
                        already -> "in the queue already",
                        current -> "here already",
                        NightOrders::refusal);
        LOG.info("{} for {}: {}", request.model().display(), request.requester().name(), outcome);
    }

    private static String refusal(EnqueueResult.Refused refused) {
        return "not queued: "
                + refused.<String>match(
                        limited -> "the daily limit is used up",
                        full -> "the disk lacks " + full.shortage().missing() + " bytes",
                        EnqueueResult.NotOffered::words);
    }
}
