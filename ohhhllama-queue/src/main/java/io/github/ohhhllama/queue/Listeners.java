package io.github.ohhhllama.queue;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.ShiftSummary;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who listens, one call at a time, on the thread {@code ohhhllama-listeners}: whoever changes something
 * may hold locks of its own that a listener wants. The feed, which waits for nobody, is told at once. Who throws is logged
 * and harms nobody. Thread-safe.
 */
final class Listeners implements AutoCloseable {

    private static final int IDLE_SECONDS = 10;
    private static final int LAST_WORDS_SECONDS = 5;

    /** Of how many calls that wait none is about progress, of which the next one says more. */
    private static final int BACKLOG = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<QueueListener> listeners;
    private final ChangeFeed feed;
    private final LongFunction<Optional<QueueEntry>> entries;
    private final Clock clock;
    private final ThreadPoolExecutor teller =
            new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
    private final List<Runnable> shiftBeginnings = new CopyOnWriteArrayList<>();
    private volatile @Nullable Thread thread;

    /**
     * Creates listeners.
     *
     * @param listeners who is told
     * @param feed tells others
     * @param entries looks an entry up by its number
     * @param clock tells when something happened
     */
    Listeners(List<QueueListener> listeners, ChangeFeed feed, LongFunction<Optional<QueueEntry>> entries, Clock clock) {
        this.listeners = List.copyOf(listeners);
        this.feed = feed;
        this.entries = entries;
        this.clock = clock;
        teller.allowCoreThreadTimeOut(true);
    }

    /**
     * Adds something to be done whenever a run begins by the schedule.
     *
     * @param task what to do; it must return quickly
     */
    void whenShiftBegins(Runnable task) {
        shiftBeginnings.add(task);
    }

    void shiftBegan() {
        shiftBeginnings.forEach(Runnable::run);
    }

    /**
     * Tells that something happened to an entry.
     *
     * @param entry the entry after it
     * @param event what happened
     */
    void entryChanged(QueueEntry entry, EntryEvent event) {
        tell(listener -> listener.entryChanged(entry, event));
    }

    /**
     * Tells that something happened to an entry; nothing is looked up if nobody listens.
     *
     * @param id the entry's number
     * @param kind what happened
     * @param words more about it, or empty
     */
    void entryChanged(long id, EntryEvent.Kind kind, String words) {
        if (isHeard()) {
            EntryEvent event = new EntryEvent(id, clock.instant(), kind, words);
            entries.apply(id).ifPresent(entry -> entryChanged(entry, event));
        }
    }

    /**
     * Tells that an entry was taken out.
     *
     * @param entry the entry as it was
     */
    void removed(QueueEntry entry) {
        tell(listener -> listener.removed(entry));
    }

    /**
     * Tells how far a download is; nothing is looked up if nobody listens.
     *
     * @param id the entry's number
     */
    void progressed(long id) {
        if (isHeard() && teller.getQueue().size() < BACKLOG) {
            entries.apply(id).ifPresent(entry -> tell(listener -> listener.progressed(entry)));
        }
    }

    void received(long bytes) {
        if (bytes > 0) {
            tell(listener -> listener.received(bytes));
        }
    }

    void attemptEnded(Fetch fetch, @Nullable PullFailure failure) {
        tell(listener -> listener.attemptEnded(fetch, failure));
    }

    void shiftEnded(ShiftSummary summary) {
        tell(listener -> listener.shiftEnded(summary));
    }

    /** Tells what is still to be told, for some seconds at most; an interrupt is kept for later. */
    @Override
    public void close() {
        teller.shutdown();
        if (Thread.currentThread() == thread) {
            // A listener that closes the queue cannot wait for itself.
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!teller.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                giveUp();
            }
        } catch (InterruptedException hurry) {
            interrupted = true;
            giveUp();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveUp() {
        LOG.warn(
                "a listener of the queue takes too long, {} calls are left out",
                teller.shutdownNow().size());
    }

    private boolean isHeard() {
        return !listeners.isEmpty() || feed.isFollowed();
    }

    private void tell(Consumer<QueueListener> call) {
        tell(feed, call);
        if (listeners.isEmpty()) {
            return;
        }
        try {
            teller.execute(() -> listeners.forEach(listener -> tell(listener, call)));
        } catch (RejectedExecutionException closed) {
            LOG.debug("the queue was closed before its listeners heard of something", closed);
        }
    }

    private static void tell(QueueListener listener, Consumer<QueueListener> call) {
        try {
            call.accept(listener);
        } catch (RuntimeException | Error failure) {
            LOG.warn("a listener of the queue failed", failure);
        }
    }

    private Thread thread(Runnable calls) {
        Thread fresh = new Daemons("ohhhllama-listeners").newThread(calls);
        thread = fresh;
        return fresh;
    }
}
