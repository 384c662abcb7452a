package io.github.ohhhllama.proxy.internal.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts what became of the pulls that clients asked for. Thread-safe. */
public final class PullCounter {

    private final Map<PullOutcome, CounterDataPoint> pulls = new EnumMap<>(PullOutcome.class);

    PullCounter(PrometheusRegistry registry) {
        Counter counter = Counter.builder()
                .name("ohhhllama_pulls_total")
                .help("Pulls that clients asked for, by what became of them.")
                .labelNames("outcome")
                .withoutExemplars()
                .register(registry);
        for (PullOutcome outcome : PullOutcome.values()) {
            pulls.put(outcome, counter.labelValues(outcome.word()));
        }
    }

    /**
     * Counts one.
     *
     * @param outcome what became of it
     */
    public void count(PullOutcome outcome) {
        Objects.requireNonNull(pulls.get(outcome)).inc();
    }
}
