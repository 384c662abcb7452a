package io.github.ohhhllama.proxy.internal.metrics;

import io.github.ohhhllama.proxy.internal.relay.Traffic;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures what passes through: how many requests, how soon they are answered, how long they take, how many are open.
 *
 * <p>A series is looked up when its first request comes, and found by its number from then on. Thread-safe.
 */
final class PassThrough implements Traffic {

    private static final double SECOND = 1e9;

    /** Up to the time that loading a large model takes. */
    private static final double[] TO_THE_HEAD = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120
    };

    /** Up to the time that a long conversation, or the upload of a model, takes. */
    private static final double[] TO_THE_END = {
        0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600
    };

    private static final String[] METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"};
    private static final int OTHER = METHODS.length - 1;
    private static final int STATUS_CLASSES = 6;
    private static final String NO_STATUS = "none";

    private final LongSupplier ticker;
    private final LongAdder open = new LongAdder();
    private final Counter requests;
    private final Histogram heads;
    private final Histogram durations;
    private final AtomicReferenceArray<@Nullable CounterDataPoint> requestsBy =
            new AtomicReferenceArray<>(METHODS.length * STATUS_CLASSES);
    private final AtomicReferenceArray<@Nullable DistributionDataPoint> headsBy =
            new AtomicReferenceArray<>(METHODS.length);
    private final AtomicReferenceArray<@Nullable DistributionDataPoint> durationsBy =
            new AtomicReferenceArray<>(METHODS.length);

    /**
     * Measures with a clock.
     *
     * @param registry gets the series
     * @param ticker tells nanoseconds since some moment, and never goes back
     */
    PassThrough(PrometheusRegistry registry, LongSupplier ticker) {
        this.ticker = ticker;
        requests = Counter.builder()
                .name("ohhhllama_passthrough_requests_total")
                .help("Requests that were passed on to Ollama, by method and class of the status.")
                .labelNames("method", "status")
                .withoutExemplars()
                .register(registry);
        heads = histogram(
                "ohhhllama_passthrough_head_seconds", "Time until Ollama began to answer.", registry, TO_THE_HEAD);
        durations = histogram(
                "ohhhllama_passthrough_duration_seconds",
                "Time until an exchange with Ollama was over, its stream included.",
                registry,
                TO_THE_END);
        GaugeWithCallback.builder()
                .name("ohhhllama_passthrough_open")
                .help("Exchanges with Ollama that are open now.")
                .callback(gauge -> gauge.call((double) open.sum()))
                .register(registry);
    }

    @Override
    public long began() {
        open.increment();
        return ticker.getAsLong();
    }

    @Override
    public void answered(long began, String method) {
        observe(headsBy, heads, method, began);
    }

    @Override
    public void ended(long began, String method, int status) {
        open.decrement();
        observe(durationsBy, durations, method, began);
        count(index(method), status < 0 || status >= 100 * STATUS_CLASSES ? 0 : status / 100);
    }

    private void count(int method, int status) {
        int series = method * STATUS_CLASSES + status;
        CounterDataPoint known = requestsBy.get(series);
        if (known == null) {
            known = requests.labelValues(METHODS[method], status == 0 ? NO_STATUS : status + "xx");
            requestsBy.set(series, known);
        }
        known.inc();
    }

    private void observe(
            AtomicReferenceArray<@Nullable DistributionDataPoint> series,
            Histogram histogram,
            String method,
            long began) {
        int index = index(method);
        DistributionDataPoint known = series.get(index);
        if (known == null) {
            known = histogram.labelValues(METHODS[index]);
            series.set(index, known);
        }
        known.observe((ticker.getAsLong() - began) / SECOND);
    }

    private static Histogram histogram(String name, String help, PrometheusRegistry registry, double... bounds) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .unit(Unit.SECONDS)
                .labelNames("method")
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(registry);
    }

    private static int index(String method) {
        return switch (method) {
            case "GET" -> 0;
            case "HEAD" -> 1;
            case "POST" -> 2;
            case "PUT" -> 3;
            case "PATCH" -> 4;
            case "DELETE" -> 5;
            case "OPTIONS" -> 6;
            default -> OTHER;
        };
    }
}
