package io.github.ohhhllama.spring;

import io.github.ohhhllama.Page;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueService;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Measures the queue: {@code ohhhllama.queue.entries} by {@code state}, {@code ohhhllama.queue.running} and
 * {@code ohhhllama.queue.next.start}. Each is read when it is asked for, and is no number while the database cannot be
 * used. Thread-safe.
 *
 * @since 0.1.0
 */
public final class QueueMetrics implements MeterBinder {

    private static final Page SMALLEST = new Page(1, 0);

    private final QueueService queue;

    /**
     * Measures a queue.
     *
     * @param queue the queue
     */
    public QueueMetrics(QueueService queue) {
        this.queue = queue;
    }

    /** Adds the meters; {@code ohhhllama.queue.next.start} is in seconds since 1970-01-01T00:00:00Z. */
    @Override
    public void bindTo(MeterRegistry registry) {
        entries(registry, "pending", QueueCounts::pending);
        entries(registry, "downloading", QueueCounts::downloading);
        entries(registry, "completed", QueueCounts::completed);
        entries(registry, "failed", QueueCounts::failed);
        Gauge.builder(
                        "ohhhllama.queue.running",
                        queue,
                        asked -> asked.schedule().isRunning() ? 1 : 0)
                .description("1 while the queue is being emptied, 0 while it rests")
                .register(registry);
        TimeGauge.builder(
                        "ohhhllama.queue.next.start",
                        queue,
                        TimeUnit.SECONDS,
                        asked -> asked.schedule().nextStart().getEpochSecond())
                .description("when the queue starts next, since 1970")
                .register(registry);
    }

    private void entries(MeterRegistry registry, String state, ToDoubleFunction<QueueCounts> count) {
        Gauge.builder(
                        "ohhhllama.queue.entries",
                        queue,
                        asked -> count.applyAsDouble(asked.snapshot(SMALLEST).counts()))
                .tag("state", state)
                .description("how many entries are in this state")
                .register(registry);
    }
}
