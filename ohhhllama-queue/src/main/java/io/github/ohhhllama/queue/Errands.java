package io.github.ohhhllama.queue;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what may take a while and must hold nobody up: questions to registries, mostly. One task at a time, on a daemon
 * thread named {@code ohhhllama-errands}; what a task throws is logged. Thread-safe.
 */
final class Errands implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, new Daemons("ohhhllama-errands"), new ThreadPoolExecutor.DiscardPolicy());

    Errands() {
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(guarded(task));
    }

    /**
     * Runs a task after a while.
     *
     * @param delay how long to wait
     * @param task what to do
     */
    void after(Duration delay, Runnable task) {
        Future<?> unused = thread.schedule(guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Runs a task again and again.
     *
     * @param pause how long to rest before it, every time
     * @param task what to do
     */
    void every(Duration pause, Runnable task) {
        Future<?> unused =
                thread.scheduleWithFixedDelay(guarded(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                LOG.warn("an errand failed: {}", failure.toString());
                LOG.debug("an errand failed", failure);
            }
        };
    }
}
