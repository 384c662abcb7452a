package io.github.ohhhllama.proxy.internal.metrics;

import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.internal.relay.Traffic;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what one proxy measures, in a registry of its own, and writes it down. Thread-safe.
 *
 * <p>Of the JVM only that is told which is read when somebody asks; what has to listen to the JVM could never be closed.
 */
public final class Exposition {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final DownloadCounter downloads = new DownloadCounter(registry);
    private final PullCounter pulls = new PullCounter(registry);
    private final Gauge backend;
    private final Traffic traffic;

    /**
     * Measures nothing yet.
     *
     * @param ticker tells nanoseconds since some moment, and never goes back
     */
    public Exposition(LongSupplier ticker) {
        traffic = new PassThrough(registry, ticker);
        backend = Gauge.builder()
                .name("ohhhllama_backend_up")
                .help("1 if Ollama answered when it was asked for this reading, else 0.")
                .withoutExemplars()
                .register(registry);
    }

    /** Returns what counts downloads. */
    public DownloadCounter downloads() {
        return downloads;
    }

    /** Returns what counts pulls. */
    public PullCounter pulls() {
        return pulls;
    }

    /** Returns what measures the requests that pass through. */
    public Traffic traffic() {
        return traffic;
    }

    /**
     * Adds what a queue says of itself; once only.
     *
     * @param queue asked for each reading
     * @param clock tells the time
     */
    public void observe(QueueService queue, Clock clock) {
        registry.register(new QueueGauges(queue, clock));
    }

    /**
     * Adds a figure that is asked for each reading.
     *
     * @param name its name, not given before
     * @param help one sentence
     * @param value returns it
     */
    public void observe(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.getAsDouble()))
                .register(registry);
    }

    /**
     * Adds the program and its JVM; once only.
     *
     * @param version of the program
     */
    public void observeProcess(String version) {
        Info.builder()
                .name("ohhhllama_build_info")
                .help("The version that runs; always 1.")
                .labelNames("version")
                .register(registry)
                .setLabelValues(version);
        ProcessMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmBufferPoolMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
    }

    /**
     * Reads everything.
     *
     * @param accept the formats that the reader wants, as in an Accept header; null for the usual one
     * @param backendUp whether Ollama answers
     */
    public Scrape scrape(@Nullable String accept, boolean backendUp) {
        backend.set(backendUp ? 1 : 0);
        // Prometheus asks for protobuf first, whose library is not here.
        ExpositionFormatWriter wanted = formats.findWriter(accept);
        ExpositionFormatWriter writer = wanted.isAvailable() ? wanted : formats.getPrometheusTextFormatWriter();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return new Scrape(writer.getContentType(), text.toByteArray());
    }
}
