package io.github.ohhhllama.proxy.internal.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends what was started, the last first, and waits for that no longer than it may take. Thread-safe. */
public final class OrderlyStop implements Runnable {

    private final Queue<Runnable> announcements = new ConcurrentLinkedQueue<>();
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Duration patience;
    private final Consumer<String> log;
    private final Runnable emergency;
    private boolean stopping;

    /**
     * Creates a stop with nothing to end yet.
     *
     * @param patience how long all steps together may take
     * @param log is told what goes wrong
     * @param emergency ends the process at once; called when the patience is used up
     */
    public OrderlyStop(Duration patience, Consumer<String> log, Runnable emergency) {
        this.patience = patience;
        this.log = log;
        this.emergency = emergency;
    }

    /**
     * Adds a step; if everything is being ended already, it runs at once.
     *
     * @param step ends one thing
     */
    public void add(Runnable step) {
        synchronized (steps) {
            if (!stopping) {
                steps.push(step);
                return;
            }
        }
        step.run();
    }

    /**
     * Adds something to run before the first step.
     *
     * @param announcement returns quickly
     */
    public void announce(Runnable announcement) {
        announcements.add(announcement);
    }

    /** Ends everything; further calls wait for the first. */
    @Override
    public void run() {
        if (begun.compareAndSet(false, true)) {
            Thread worker = new Thread(this::runSteps, "ohhhllama-stop-steps");
            worker.setDaemon(true);
            worker.start();
        }
        try {
            if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                log.accept("The orderly stop took longer than " + patience.toSeconds() + " s and was broken off.");
                emergency.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until everything was ended.
     *
     * @throws InterruptedException if the wait shall end now
     */
    public void await() throws InterruptedException {
        ended.await();
    }

    private void runSteps() {
        announcements.forEach(this::attempt);
        for (Runnable step = next(); step != null; step = next()) {
            attempt(step);
        }
        ended.countDown();
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failed) {
            log.accept("A step of the orderly stop failed: " + failed);
        }
    }

    private @Nullable Runnable next() {
        synchronized (steps) {
            stopping = true;
            return steps.poll();
        }
    }
}
