package io.github.ohhhllama.queue;

import io.github.ohhhllama.QueueChange;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals one subscriber, one signal at a time, in a thread that is nobody else's.
 *
 * <p>Thread-safe. What the subscriber has not asked for yet waits in {@link PendingChanges}, so that nobody waits for it.
 */
final class ChangeSubscription implements Flow.Subscription, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeSubscription.class);

    private final Flow.Subscriber<? super QueueChange> subscriber;
    private final Executor executor;
    private final Consumer<ChangeSubscription> whenOver;
    private final PendingChanges pending = new PendingChanges();
    private long demand;
    private boolean introduced;
    private boolean completed;
    private boolean over;
    private boolean running;
    private @Nullable IllegalArgumentException mistake;

    ChangeSubscription(
            Flow.Subscriber<? super QueueChange> subscriber, Executor executor, Consumer<ChangeSubscription> whenOver) {
        this.subscriber = subscriber;
        this.executor = executor;
        this.whenOver = whenOver;
    }

    /** Introduces itself to the subscriber. */
    void start() {
        wake();
    }

    /** Takes a change in; returns at once. */
    void offer(QueueChange change) {
        synchronized (this) {
            pending.add(change);
        }
        wake();
    }

    /** Ends the subscription after what was asked for. */
    void complete() {
        synchronized (this) {
            completed = true;
        }
        wake();
    }

    @Override
    public void request(long count) {
        synchronized (this) {
            if (count > 0) {
                demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            } else if (mistake == null) {
                // Reactive Streams 1.0.4, rule 3.9.
                mistake = new IllegalArgumentException("a request must be for 1 or more changes, was for " + count);
            }
        }
        wake();
    }

    @Override
    public void cancel() {
        synchronized (this) {
            over = true;
            pending.clear();
        }
        whenOver.accept(this);
    }

    /** Signals what there is to signal. */
    @Override
    public void run() {
        try {
            for (Runnable signal = next(); signal != null; signal = next()) {
                signal.run();
            }
        } catch (RuntimeException failure) {
            LOG.warn("a subscriber of the queue failed, and is left alone from now on", failure);
            cancel();
        }
    }

    private void wake() {
        synchronized (this) {
            if (running || over) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this);
        } catch (RejectedExecutionException closed) {
            LOG.debug("the queue was closed before a subscriber asked for more");
        }
    }

    private synchronized @Nullable Runnable next() {
        if (!over && !introduced) {
            introduced = true;
            return () -> subscriber.onSubscribe(this);
        }
        if (!over && mistake != null) {
            IllegalArgumentException reason = mistake;
            return last(() -> subscriber.onError(reason));
        }
        if (!over && demand > 0 && !pending.isEmpty()) {
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            QueueChange change = pending.take();
            return () -> subscriber.onNext(change);
        }
        if (!over && completed) {
            return last(subscriber::onComplete);
        }
        running = false;
        return null;
    }

    private Runnable last(Runnable signal) {
        cancel();
        return signal;
    }
}
