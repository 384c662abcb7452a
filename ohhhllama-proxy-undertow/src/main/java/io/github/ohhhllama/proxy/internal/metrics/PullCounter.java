package io.github.ohhhllama.proxy.internal.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Counts what became of the pulls that clients asked for. Thread-safe. */
public final class PullCounter {

    private final Counter pulls;

    PullCounter(PrometheusRegistry registry) {
        pulls = Counter.builder()
                .name("ohhhllama_pulls_total")
                .help("Pulls that clients asked for, by what became of them.")
                .labelNames("outcome")
                .withoutExemplars()
                .register(registry);
        for (PullOutcome outcome : PullOutcome.values()) {
            pulls.initLabelValues(outcome.word());
        }
    }

    /**
     * Counts one.
     *
     * @param outcome what became of it
     */
    public void count(PullOutcome outcome) {
        pulls.labelValues(outcome.word()).inc();
    }
}
