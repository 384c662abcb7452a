package io.github.ohhhllama.proxy.internal.metrics;

import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.PullFailure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

/** Counts what this process downloaded; another one on the same database counts its own. Thread-safe. */
public final class DownloadCounter {

    private static final String UNCLASSED = "other";

    private final Counter bytes;
    private final Counter attempts;
    private final Counter failures;

    DownloadCounter(PrometheusRegistry registry) {
        bytes = Counter.builder()
                .name("ohhhllama_downloaded_bytes_total")
                .help("Bytes of models that came over the line.")
                .withoutExemplars()
                .register(registry);
        attempts = Counter.builder()
                .name("ohhhllama_download_attempts_total")
                .help("Attempts to download a model that ended, by how.")
                .labelNames("outcome")
                .withoutExemplars()
                .register(registry);
        failures = Counter.builder()
                .name("ohhhllama_download_failures_total")
                .help("Attempts that failed, by the class of the failure.")
                .labelNames("class")
                .withoutExemplars()
                .register(registry);
        for (Fetch.Outcome outcome : Fetch.Outcome.values()) {
            attempts.initLabelValues(outcome.word());
        }
        for (PullFailure failure : PullFailure.values()) {
            failures.initLabelValues(failure.word());
        }
        failures.initLabelValues(UNCLASSED);
    }

    /**
     * Counts bytes.
     *
     * @param count how many came, 0 or more
     */
    public void received(long count) {
        bytes.inc(count);
    }

    /**
     * Counts an attempt.
     *
     * @param outcome how it ended
     * @param failure why it failed, or null
     */
    public void attempted(Fetch.Outcome outcome, @Nullable PullFailure failure) {
        attempts.labelValues(outcome.word()).inc();
        if (outcome == Fetch.Outcome.FAILED) {
            failures.labelValues(failure == null ? UNCLASSED : failure.word()).inc();
        }
    }
}
