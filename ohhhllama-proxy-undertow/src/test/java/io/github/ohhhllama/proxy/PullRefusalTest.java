package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.EnqueueResult.NoRoom;
import io.github.ohhhllama.EnqueueResult.NotOffered;
import io.github.ohhhllama.EnqueueResult.UpToDate;
import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.Layer;
import io.github.ohhhllama.Manifest;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Preview;
import io.github.ohhhllama.Priority;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.Shortage;
import io.github.ohhhllama.proxy.Call.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks for models that are refused, and asks what would be. */
final class PullRefusalTest {

    private static final RateDecision RATE = new RateDecision(true, 5, 4, Instant.parse("2026-11-23T23:00:00Z"));
    private static final String UNKNOWN = "pull model manifest: file does not exist";
    private static final String FULL =
            "llama3:70b needs 39.8 GB, 12.1 GB are reserved for models before it, 2.0 GB stay free, 41.5 GB are free:"
                    + " 12.4 GB short";

    private NightFixture night;

    @BeforeEach
    void start() throws IOException {
        night = new NightFixture();
    }

    @AfterEach
    void stop() {
        night.close();
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN_MODEL, 404", "REFUSED, 403", "UNSUPPORTED, 422"})
    void tellsAScriptByTheStatus(PullFailure failure, int status) throws IOException {
        night.answers.put("enqueue", new NotOffered(failure, UNKNOWN, RATE));

        Answer answer = night.pull(NightFixture.CURL, "{\"model\":\"nope\"}");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + UNKNOWN + "\"}");
        assertThat(night.pull(NightFixture.CLI, "{\"model\":\"nope\",\"stream\":false}")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void tellsAnOllamaClientAsOllamaWould() throws IOException {
        night.answers.put("enqueue", new NotOffered(PullFailure.UNKNOWN_MODEL, UNKNOWN, RATE));

        Answer answer = night.pull(NightFixture.CLI, "{\"model\":\"nope\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().lines())
                .containsExactly("{\"status\":\"pulling manifest\"}", "{\"error\":\"" + UNKNOWN + "\"}");
    }

    @Test
    void tellsWhatTheDiskLacks() throws IOException {
        night.answers.put("enqueue", full());

        Answer script = night.pull(NightFixture.CURL, "{\"model\":\"llama3:70b\"}");
        assertThat(script.status()).isEqualTo(507);
        assertThat(script.body()).isEqualTo("{\"error\":\"" + FULL + "\"}");
        assertThat(night.pull(NightFixture.CLI, "{\"model\":\"llama3:70b\"}").body())
                .endsWith("{\"error\":\"" + FULL + "\"}\n");
    }

    @Test
    void neverSaysTheDigitsThatTheDesktopAppTakesForABill() throws IOException {
        night.answers.put("enqueue", new NoRoom(new Shortage(402_000_000_000L, 0, 0, 0), RATE));

        assertThat(night.pull(NightFixture.CURL, "{\"model\":\"m402\"}").body())
                .doesNotContain("402")
                .contains("The model needs 0.40 TB");
    }

    @Test
    void keepsSayingSuccessOfAModelThatIsHere() throws IOException {
        night.answers.put("enqueue", full());
        assertThat(night.pull(NightFixture.CLI, "{\"model\":\"llama3:8b\"}").body())
                .contains("success");

        night.answers.put("enqueue", new UpToDate(installed("mistral"), RATE));
        assertThat(night.pull(NightFixture.CURL, "{\"model\":\"mistral\"}").body())
                .contains("{\"status\":\"success\"}");
    }

    @Test
    void takesThePriorityOfARequest() throws IOException {
        night.post("/api/pull?priority=high", "{\"model\":\"mistral\"}");
        QueueEntry entry = night.queue.find(1).orElseThrow();

        assertThat(entry.request().priority()).isEqualTo(Priority.HIGH);
        assertThat(night.post("/api/pull?priority=urgent", "{\"model\":\"b\"}").status())
                .isEqualTo(400);
    }

    // Dry runs.

    @ParameterizedTest
    @ValueSource(strings = {"dry_run", "dry_run=", "dry_run=1", "dry_run=true"})
    void queuesNothingInADryRun(String query) throws IOException {
        Answer answer = night.post("/api/pull?" + query, "{\"model\":\"mistral\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"status\":\"would_queue\",\"message\":\"Model mistral would be added to the download queue\","
                                + "\"model\":\"mistral\",\"size\":null,\"missing\":null,\"position\":1,"
                                + "\"starts_at\":\"2026-11-24T02:00:00Z\",\"ready_at\":null,\"fits_tonight\":\"unknown\","
                                + "\"rate_limit\":{\"limit\":5,\"remaining\":5}}");
        assertThat(night.queue.snapshot(Page.FIRST).queue()).isEmpty();
    }

    @Test
    void meansItWhenTheDryRunIsOff() throws IOException {
        assertThat(night.post("/api/pull?dry_run=0", "{\"model\":\"mistral\"}").status())
                .isEqualTo(202);
        assertThat(night.post("/api/pull?dry_run=perhaps", "{\"model\":\"mistral\"}")
                        .body())
                .contains("dry_run must be true or false, was \\\"perhaps\\\"");
        assertThat(night.post("/api/pull?dry_run", "{\"model\":\"mistral\"}").body())
                .contains("\"status\":\"already_queued\"");
    }

    @Test
    void foreseesSizeAndTime() throws IOException {
        Manifest manifest = new Manifest(
                "1".repeat(64),
                List.of(new Layer("sha256:" + "2".repeat(64), 9), new Layer("sha256:" + "3".repeat(64), 1)));
        Forecast forecast =
                new Forecast(0, Instant.parse("2026-11-24T03:00:00Z"), null, Forecast.Tonight.MAYBE, List.of());
        Footprint footprint = new Footprint(manifest, manifest.layers().subList(0, 1));
        night.answers.put("preview", new Preview(full(), footprint, forecast));

        assertThat(night.post("/api/pull?dry_run", "{\"model\":\"llama3:70b\"}").body())
                .startsWith("{\"status\":\"refused\",\"message\":\"" + FULL + "\",\"error\":\"" + FULL
                        + "\",\"http_status\":507,\"model\":\"llama3:70b\",\"size\":10,\"missing\":9,")
                .contains("\"ready_at\":{\"earliest\":\"2026-11-24T03:00:00Z\",\"latest\":null},"
                        + "\"fits_tonight\":\"maybe\"");
    }

    @Test
    void foreseesWhatNeverReachesTheQueue() throws IOException {
        assertThat(night.post("/api/pull?dry_run", "{\"model\":\"10.0.0.7/a/b\"}")
                        .body())
                .contains("\"status\":\"refused\"", "\"http_status\":403", "ALLOWED_REGISTRIES");
        assertThat(night.post("/api/pull?dry_run", "{\"model\":\"gpt-oss:20b-cloud\"}")
                        .body())
                .contains("\"status\":\"would_pass\"");
        night.answers.put("preview", new Preview(new UpToDate(installed("llama3:8b"), RATE), null, null));
        assertThat(night.post("/api/pull?dry_run", "{\"model\":\"llama3:8b\"}").body())
                .contains("\"status\":\"up_to_date\"", "\"size\":7,\"missing\":0");
        night.answers.put("preview", new Preview(full(), null, null));
        assertThat(night.post("/api/pull?dry_run", "{\"model\":\"llama3:8b\"}").body())
                .contains("\"status\":\"up_to_date\"");
    }

    private static NoRoom full() {
        return new NoRoom(new Shortage(39_800_000_000L, 12_100_000_000L, 2_000_000_000L, 41_500_000_000L), RATE);
    }

    private static InstalledModel installed(String name) {
        return new InstalledModel(ModelName.parse(name), "0".repeat(64), 7);
    }
}
