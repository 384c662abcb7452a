package io.github.ohhhllama.queue;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.QueueChange;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.ShiftSummary;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes what listeners hear, to each subscriber as fast as it likes. Thread-safe. */
final class ChangeFeed implements Flow.Publisher<QueueChange>, QueueListener, AutoCloseable {

    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService executor = Executors.newCachedThreadPool(this::thread);
    private final Set<ChangeSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /** Tells whether there is a subscriber. */
    boolean isFollowed() {
        return !subscriptions.isEmpty();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super QueueChange> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        ChangeSubscription subscription = new ChangeSubscription(subscriber, executor, subscriptions::remove);
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                subscriptions.add(subscription);
                subscription.start();
            }
        }
        if (late) {
            subscription.complete();
            subscription.run();
        }
    }

    @Override
    public void entryChanged(QueueEntry entry, EntryEvent event) {
        publish(new QueueChange.EntryChanged(entry, event));
    }

    @Override
    public void removed(QueueEntry entry) {
        publish(new QueueChange.Removed(entry));
    }

    @Override
    public void progressed(QueueEntry entry) {
        publish(new QueueChange.Progressed(entry));
    }

    @Override
    public void shiftEnded(ShiftSummary summary) {
        publish(new QueueChange.ShiftEnded(summary));
    }

    /** Completes all subscriptions. */
    @Override
    public synchronized void close() {
        closed = true;
        subscriptions.forEach(ChangeSubscription::complete);
        executor.shutdown();
    }

    private void publish(QueueChange change) {
        subscriptions.forEach(subscription -> subscription.offer(change));
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ohhhllama-changes-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
