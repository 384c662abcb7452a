package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.ScheduleStatus.Stillness;
import io.github.ohhhllama.StorageStatus;
import io.github.ohhhllama.proxy.Call.Answer;
import io.github.ohhhllama.proxy.internal.metrics.Samples;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what the proxy measures, as Prometheus does. */
final class MetricsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");

    @TempDir
    private Path directory;

    @Test
    void tellsOfTheWholeWayOfAModel() throws IOException {
        try (ProxyFixture fixture = new ProxyFixture(directory)) {
            fixture.pull(ProxyFixture.CURL, "{\"model\":\"mistral\"}");
            fixture.pull(ProxyFixture.CURL, "{\"model\":\"mistral\"}");
            fixture.pull(ProxyFixture.CURL, "{\"model\":\"llama3:8b\"}");
            fixture.pull(ProxyFixture.CURL, "{\"model\":\"10.0.0.1/private/model\"}");
            fixture.call("GET", "/api/tags").send();

            Samples before = samples(fixture);
            assertThat(before.value("ohhhllama_backend_up")).isEqualTo(1);
            assertThat(before.value("ohhhllama_database_up")).isEqualTo(1);
            assertThat(before.value("ohhhllama_queue_entries{state=\"pending\"}"))
                    .isEqualTo(2);
            assertThat(before.value("ohhhllama_pulls_total{outcome=\"queued\"}"))
                    .isEqualTo(1);
            assertThat(before.value("ohhhllama_pulls_total{outcome=\"already_queued\"}"))
                    .isEqualTo(1);
            assertThat(before.value("ohhhllama_pulls_total{outcome=\"installed\"}"))
                    .isEqualTo(1);
            assertThat(before.value("ohhhllama_pulls_total{outcome=\"forbidden\"}"))
                    .isEqualTo(1);
            assertThat(before.value("ohhhllama_passthrough_requests_total{method=\"GET\",status=\"2xx\"}"))
                    .isEqualTo(1);

            fixture.call("POST", "/api/queue/process").send();
            await().until(() -> samples(fixture).value("ohhhllama_download_attempts_total{outcome=\"completed\"}") > 0);
            assertThat(samples(fixture).value("ohhhllama_downloaded_bytes_total"))
                    .isGreaterThanOrEqualTo(1_000_000);
        }
    }

    @Test
    void countsPullsThatAreRefusedAndPullsThatWait() throws IOException {
        try (ProxyFixture fixture = new ProxyFixture(directory)) {
            fixture.restart(1, ProxyFixture.OPEN_TO_NOBODY, PullReply.AUTO);
            try (Socket held = fixture.held("mistral")) {
                Call.readTo(held.getInputStream(), "pulling manifest\"}\n");
                fixture.pull(ProxyFixture.CURL, "{\"model\":\"llama3:70b\"}");

                assertThat(samples(fixture).value("ohhhllama_held_pulls")).isEqualTo(1);
                assertThat(samples(fixture).value("ohhhllama_pulls_total{outcome=\"rate_limited\"}"))
                        .isEqualTo(1);
            }
            fixture.pull(ProxyFixture.CURL, "{\"model\":\"gpt-oss:20b-cloud\"}");
            assertThat(samples(fixture).value("ohhhllama_pulls_total{outcome=\"cloud\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void saysWhenTheQueueMayDownload() throws IOException {
        try (NightFixture night = new NightFixture()) {
            night.answers.put("schedule", status(NOON.plusSeconds(90), null, null, null));
            assertThat(samples(night).value("ohhhllama_window_open")).isZero();
            assertThat(samples(night).value("ohhhllama_next_window_seconds")).isEqualTo(90);

            night.answers.put("schedule", status(NOON.plusSeconds(90), NOON, pause(), Stillness.LEAKING));
            assertThat(samples(night).value("ohhhllama_window_open")).isEqualTo(1);
            assertThat(samples(night).value("ohhhllama_next_window_seconds")).isZero();
            assertThat(samples(night).value("ohhhllama_queue_paused")).isEqualTo(1);
            assertThat(samples(night).value("ohhhllama_download_leaking")).isEqualTo(1);

            night.answers.put("schedule", status(Instant.parse("9999-12-31T00:00:00Z"), null, null, null));
            assertThat(samples(night).value("ohhhllama_next_window_seconds")).isInfinite();
        }
    }

    @Test
    void saysHowMuchRoomThereIsWhereItCanBeSeen() throws IOException {
        try (NightFixture night = new NightFixture()) {
            assertThat(samples(night).values()).doesNotContainKey("ohhhllama_models_disk_free_bytes");

            night.answers.put(
                    "disk", new DiskStatus("/models", 100_000_000_000L, 7_000_000_000L, 2_000_000_000L, null));
            assertThat(samples(night).value("ohhhllama_models_disk_free_bytes")).isEqualTo(7e9);
            assertThat(samples(night).value("ohhhllama_models_disk_reserve_bytes"))
                    .isEqualTo(2e9);
            assertThat(samples(night).value("ohhhllama_models_disk_size_bytes")).isEqualTo(1e11);
        }
    }

    @Test
    void canBeReadWhileOllamaAndTheDatabaseAreDown() throws IOException {
        try (ProxyFixture fixture = new ProxyFixture(directory)) {
            fixture.ollama().close();
            assertThat(samples(fixture).value("ohhhllama_backend_up")).isZero();
        }
        try (NightFixture night = new NightFixture()) {
            night.answers.put("storage", new StorageStatus("/queue.db", "the database cannot be written"));
            assertThat(samples(night).value("ohhhllama_database_up")).isZero();
        }
    }

    @Test
    void answersHeadInTheFormatThatIsAskedFor() throws IOException {
        try (NightFixture night = new NightFixture()) {
            Answer head = Call.of(night.port(), "HEAD", "/metrics")
                    .with("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5")
                    .send();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.field("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
            assertThat(Call.of(night.port(), "GET", "/metrics")
                            .host("evil.example")
                            .send()
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void followsTheRulesThatPrometheusHasForNames() throws IOException {
        try (ProxyFixture fixture = new ProxyFixture(directory)) {
            fixture.call("GET", "/api/tags").send();
            Samples samples = samples(fixture);

            assertThat(samples.help().keySet()).isEqualTo(samples.types().keySet());
            samples.types().forEach((name, type) -> {
                assertThat(TYPES).as(name).contains(type);
                assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
                assertThat(name).doesNotContainPattern("milli|_ms$|_mb$|kilo|percent|minutes|hours");
            });
            Set<String> families =
                    samples.values().keySet().stream().map(samples::family).collect(Collectors.toSet());
            assertThat(families).isEqualTo(samples.types().keySet());
            assertThat(families)
                    .filteredOn(name -> !name.startsWith("jvm_") && !name.startsWith("process_"))
                    .allMatch(name -> name.startsWith("ohhhllama_"));
        }
    }

    @Test
    void namesNoModelAndNoClient() throws IOException {
        try (ProxyFixture fixture = new ProxyFixture(directory)) {
            for (String model : List.of("mistral", "llama3:70b", "llama3:8b")) {
                fixture.pull(ProxyFixture.CURL, "{\"model\":\"" + model + "\"}");
            }
            fixture.call("GET", "/api/some/secret?token=1").send();

            assertThat(fixture.call("GET", "/metrics").send().body())
                    .doesNotContain("mistral", "llama3", "127.0.0.1", "secret", "token");
        }
    }

    private static Samples samples(ProxyFixture fixture) throws IOException {
        return Samples.parse(fixture.call("GET", "/metrics").send().body());
    }

    private static Samples samples(NightFixture night) throws IOException {
        return Samples.parse(night.get("/metrics").body());
    }

    private static Hold pause() {
        return new Hold(Hold.Cause.MANUAL, "paused by hand", null);
    }

    private static ScheduleStatus status(
            Instant next, @Nullable Instant since, @Nullable Hold pause, @Nullable Stillness stillness) {
        return new ScheduleStatus("0 3 * * *", ZoneId.of("UTC"), next, since, null, pause, stillness);
    }
}
