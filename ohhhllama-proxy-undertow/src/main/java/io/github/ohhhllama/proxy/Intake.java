package io.github.ohhhllama.proxy;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.metrics.PullCounter;
import io.github.ohhhllama.proxy.internal.metrics.PullOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes clients' pulls into the queue, and counts what becomes of them. Thread-safe. */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final QueueService queue;
    private final PullCounter counter;

    Intake(QueueService queue, PullCounter counter) {
        this.queue = queue;
        this.counter = counter;
    }

    /**
     * Queues a model that is not here.
     *
     * @param request what is asked, and by whom
     * @return what became of it
     */
    EnqueueResult enqueue(PullRequest request) {
        try {
            EnqueueResult result = queue.enqueue(request);
            counter.count(PullOutcome.of(result));
            return result;
        } catch (QueueStorageException trouble) {
            counter.count(PullOutcome.UNAVAILABLE);
            throw trouble;
        }
    }

    /**
     * Has a model that is here looked after by night: there may be a newer version.
     *
     * @param request what is asked, and by whom
     */
    void refresh(PullRequest request) {
        counter.count(PullOutcome.INSTALLED);
        try {
            queue.enqueue(request);
        } catch (QueueStorageException trouble) {
            // The model is here, so the answer is success all the same; a newer version has to be asked for again.
            LOG.warn("{} is here, but its refresh was not queued: {}", request.model(), trouble.getMessage());
        }
    }

    /** Counts a pull that needed no queue. */
    void count(PullOutcome outcome) {
        counter.count(outcome);
    }

    /** Tells whether a model waits in the queue; says no when the queue cannot be asked. */
    boolean isQueued(ModelName model) {
        try {
            return queue.findActive(model).isPresent();
        } catch (QueueStorageException trouble) {
            LOG.debug("cannot ask the queue whether {} waits: {}", model, trouble.getMessage());
            return false;
        }
    }
}
