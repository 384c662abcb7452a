package io.github.ohhhllama.proxy.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.proxy.internal.relay.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Measures by a clock that is set, and writes it down. */
final class ExpositionTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Exposition exposition = new Exposition(nanos::get);

    @Test
    void measuresWhatPassesThroughFromHeadToEnd() {
        Traffic traffic = exposition.traffic();
        long first = traffic.began();
        long second = traffic.began();
        pass(Duration.ofMillis(4));
        traffic.answered(first, "GET");
        pass(Duration.ofMillis(96));
        traffic.ended(first, "GET", 200);

        Samples samples = samples();
        assertThat(samples.value("ohhhllama_passthrough_open")).isEqualTo(1);
        assertThat(samples.value("ohhhllama_passthrough_requests_total{method=\"GET\",status=\"2xx\"}"))
                .isEqualTo(1);
        assertThat(samples.value("ohhhllama_passthrough_head_seconds_bucket{method=\"GET\",le=\"0.0025\"}"))
                .isZero();
        assertThat(samples.value("ohhhllama_passthrough_head_seconds_bucket{method=\"GET\",le=\"0.005\"}"))
                .isEqualTo(1);
        assertThat(samples.value("ohhhllama_passthrough_duration_seconds_sum{method=\"GET\"}"))
                .isEqualTo(0.1);

        traffic.ended(second, "POST", 0);
        assertThat(samples().value("ohhhllama_passthrough_requests_total{method=\"POST\",status=\"none\"}"))
                .isEqualTo(1);
        assertThat(samples().value("ohhhllama_passthrough_open")).isZero();
    }

    @Test
    void givesNoClientASeriesOfItsOwn() {
        Traffic traffic = exposition.traffic();
        for (int i = 0; i < 50; i++) {
            traffic.ended(traffic.began(), "METHOD" + i, 100 * i);
        }

        assertThat(samples().values().keySet())
                .filteredOn(series -> series.startsWith("ohhhllama_passthrough_requests_total"))
                .allMatch(series -> series.contains("method=\"other\""))
                .hasSize(6);
    }

    @Test
    void countsFromZeroWhatMayCome() {
        Samples before = samples();
        assertThat(before.value("ohhhllama_pulls_total{outcome=\"rate_limited\"}"))
                .isZero();
        assertThat(before.value("ohhhllama_download_failures_total{class=\"digest_mismatch\"}"))
                .isZero();

        exposition.pulls().count(PullOutcome.RATE_LIMITED);
        exposition.downloads().received(5_000_000_000L);
        exposition.downloads().attempted(Fetch.Outcome.FAILED, PullFailure.DIGEST_MISMATCH);
        exposition.downloads().attempted(Fetch.Outcome.FAILED, null);
        exposition.downloads().attempted(Fetch.Outcome.COMPLETED, null);

        Samples after = samples();
        assertThat(after.value("ohhhllama_pulls_total{outcome=\"rate_limited\"}"))
                .isEqualTo(1);
        assertThat(after.value("ohhhllama_downloaded_bytes_total")).isEqualTo(5e9);
        assertThat(after.value("ohhhllama_download_attempts_total{outcome=\"failed\"}"))
                .isEqualTo(2);
        assertThat(after.value("ohhhllama_download_attempts_total{outcome=\"completed\"}"))
                .isEqualTo(1);
        assertThat(after.value("ohhhllama_download_failures_total{class=\"digest_mismatch\"}"))
                .isEqualTo(1);
        assertThat(after.value("ohhhllama_download_failures_total{class=\"other\"}"))
                .isEqualTo(1);
    }

    @Test
    void knowsNothingOfAnotherExposition() {
        Exposition other = new Exposition(nanos::get);
        other.observeProcess("1.0");
        exposition.observeProcess("2.0");
        other.downloads().received(1);

        assertThat(samples().value("ohhhllama_downloaded_bytes_total")).isZero();
        assertThat(samples().value("ohhhllama_build_info{version=\"2.0\"}")).isEqualTo(1);
    }

    @Test
    void writesWhatTheReaderAsksForAndNeverBytesThatNobodyCanRead() {
        assertThat(exposition.scrape(null, true).contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(exposition.scrape("*/*", true).contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(exposition
                        .scrape("application/openmetrics-text;version=1.0.0", true)
                        .contentType())
                .startsWith("application/openmetrics-text");
        assertThat(exposition
                        .scrape(
                                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
                                true)
                        .contentType())
                .startsWith("text/plain");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Samples samples() {
        return Samples.parse(new String(exposition.scrape(null, true).text(), StandardCharsets.UTF_8));
    }
}
