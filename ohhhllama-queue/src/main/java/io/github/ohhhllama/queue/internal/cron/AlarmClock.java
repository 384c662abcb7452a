package io.github.ohhhllama.queue.internal.cron;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes someone when a schedule fires, and every few seconds besides.
 *
 * <p>A call means "look at the clock", never "it is time": whoever is woken works out anew what should happen now. So
 * nothing is lost when the computer sleeps, when its clock is set, or where Quartz skips a time in the daylight saving
 * gap. The heartbeat is no trigger of Quartz, which waits for a time of day: set the clock back by an hour and such a
 * heartbeat is silent for an hour. This one counts the time that passes.
 *
 * <p>Thread-safe. The calls come one at a time, on one daemon thread named {@code ohhhllama-alarm}.
 */
public final class AlarmClock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmClock.class);
    private static final Duration LAST_CALL = Duration.ofSeconds(5);

    private final Optional<CronSchedule> schedule;
    private final Duration heartbeat;
    private final Runnable wake;
    private final ScheduledThreadPoolExecutor bell;
    private final AtomicBoolean rung = new AtomicBoolean();

    // Guarded by this.
    private Optional<CronTriggers> triggers = Optional.empty();
    private boolean started;

    /**
     * Sets the alarm; nothing is called before {@link #start()}.
     *
     * @param schedule when to wake
     * @param heartbeat how long to rest after a call at most, a couple of seconds
     * @param wake what to call; what it throws is logged
     * @throws IllegalArgumentException if the heartbeat is not longer than zero
     */
    public AlarmClock(CronSchedule schedule, Duration heartbeat, Runnable wake) {
        this(heartbeat, wake, Optional.of(schedule));
    }

    /**
     * Sets an alarm without a schedule, which is only the heartbeat; nothing is called before {@link #start()}.
     *
     * @param heartbeat how long to rest after a call, a couple of seconds
     * @param wake what to call; what it throws is logged
     * @throws IllegalArgumentException if the heartbeat is not longer than zero
     */
    public AlarmClock(Duration heartbeat, Runnable wake) {
        this(heartbeat, wake, Optional.empty());
    }

    private AlarmClock(Duration heartbeat, Runnable wake, Optional<CronSchedule> schedule) {
        if (heartbeat.isZero() || heartbeat.isNegative()) {
            throw new IllegalArgumentException("heartbeat must be longer than zero, was " + heartbeat);
        }
        this.schedule = schedule;
        this.heartbeat = heartbeat;
        this.wake = Objects.requireNonNull(wake, "wake");
        this.bell = new ScheduledThreadPoolExecutor(1, AlarmClock::daemon, new ThreadPoolExecutor.DiscardPolicy());
        bell.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Starts calling, the first time at once.
     *
     * @throws IllegalStateException if it was started or closed before
     */
    public synchronized void start() {
        if (started || bell.isShutdown()) {
            throw new IllegalStateException("an alarm clock starts once, and not after it was closed");
        }
        started = true;
        triggers = schedule.map(times -> CronTriggers.start(times, this::ring));
        Future<?> unused = bell.scheduleWithFixedDelay(this::call, 0, heartbeat.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Stops calling, for good. A call that is under way gets a few seconds to return; it must not close the clock
     * itself, or it waits for its own end.
     */
    @Override
    public void close() {
        stop();
        try {
            if (!bell.awaitTermination(LAST_CALL.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("The call of the alarm still runs {} after it was closed", LAST_CALL);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void stop() {
        bell.shutdown();
        triggers.ifPresent(CronTriggers::close);
    }

    /** Asks for a call soon; until it comes, asking again changes nothing. */
    private void ring() {
        if (rung.compareAndSet(false, true)) {
            bell.execute(this::call);
        }
    }

    private void call() {
        rung.set(false);
        try {
            wake.run();
        } catch (RuntimeException | Error failure) {
            // An exception that got out of here would end the heartbeat.
            LOG.error("The call of the alarm failed; the next one comes in {}", heartbeat, failure);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ohhhllama-alarm");
        thread.setDaemon(true);
        return thread;
    }
}
