package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.Fetch.Outcome;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.History;
import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.Layer;
import io.github.ohhhllama.Manifest;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Night;
import io.github.ohhhllama.OutdatedModel;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.Stint;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.proxy.Call.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Moves, pauses, plans and looks back through the interface of our own. */
final class NightApiTest {

    private static final Instant TEN = Instant.parse("2026-11-23T21:00:00Z");
    private static final Instant SIX = Instant.parse("2026-11-24T05:00:00Z");

    private NightFixture night;

    @BeforeEach
    void start() throws IOException {
        night = new NightFixture();
        night.post("/api/pull", "{\"model\":\"a\"}");
        night.post("/api/pull", "{\"model\":\"b\"}");
    }

    @AfterEach
    void stop() {
        night.close();
    }

    @Test
    void listsWhatIsForeseenOfEachEntry() throws IOException {
        assertThat(night.get("/api/queue").body())
                .contains(
                        "\"fits_tonight\":\"unknown\",\"why_waiting\":\"stands at 2\",\"holds\":[{\"cause\":\"turn\","
                                + "\"words\":\"stands at 2\",\"until\":null}]",
                        "\"paused\":null,\"window\":{\"running_since\":null,\"ends_at\":null,"
                                + "\"next_start\":\"2026-11-24T02:00:00Z\"}");
    }

    @Test
    void tellsTheStoryOfAnEntry() throws IOException {
        assertThat(night.get("/api/queue/1").body())
                .startsWith("{\"id\":1,\"model\":\"a\",\"status\":\"pending\"")
                .contains(
                        "\"why_waiting\":\"stands at 1\"",
                        "\"events\":[{\"at\":\"2026-11-23T12:00:00Z\",\"kind\":\"queued\"");
        assertThat(night.get("/api/queue/9").status()).isEqualTo(404);
        assertThat(night.get("/api/queue/9").body()).isEqualTo("{\"error\":\"Entry 9 is not in the queue\"}");
    }

    @Test
    void takesAnEntryOutByItsPath() throws IOException {
        assertThat(night.delete("/api/queue/1").body()).contains("\"status\":\"deleted\"");
        assertThat(night.delete("/api/queue/1").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"first\":true}", "{\"before\":1}", "{\"priority\":\"high\"}"})
    void movesAnEntry(String body) throws IOException {
        Answer moved = night.post("/api/queue/2/move", body);

        assertThat(moved.status()).isEqualTo(200);
        assertThat(moved.body())
                .isEqualTo("{\"status\":\"moved\",\"message\":\"Model b stands at position 1 now\",\"queue_id\":2,"
                        + "\"position\":1,\"starts_at\":\"2026-11-24T02:00:00Z\"}");
    }

    @Test
    void movesOnlyWhatWaits() throws IOException {
        night.queue.complete(2);

        assertThat(night.post("/api/queue/2/move", "{\"first\":true}").status()).isEqualTo(409);
        assertThat(night.post("/api/queue/1/move", "{\"before\":2}").body())
                .contains("it and entry 2 must both be pending");
        assertThat(night.post("/api/queue/9/move", "{\"first\":true}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | expected one of",
                "{\"first\":false} | expected one of",
                "{\"first\":true,\"before\":1} | were 2",
                "{\"before\":0} | before must be a positive integer, was 0",
                "{\"before\":\"1\"} | was a JSON string",
                "{\"priority\":\"urgent\"} | priority must be high, normal or low, was \\\"urgent\\\"",
            })
    void refusesAMoveToNowhere(String body, String words) throws IOException {
        Answer refused = night.post("/api/queue/2/move", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains(words);
    }

    @Test
    void triesAnEntryAgainThatWasGivenUp() throws IOException {
        night.queue.fail(1, "file does not exist");

        assertThat(night.post("/api/queue/1/retry", "").body())
                .contains("\"status\":\"waiting\"", "\"message\":\"Model a is tried again\"", "\"queue_id\":1");
        night.queue.complete(1);
        assertThat(night.post("/api/queue/1/retry", "").status()).isEqualTo(409);
        assertThat(night.post("/api/queue/9/retry", "").status()).isEqualTo(404);
    }

    @Test
    void letsAnEntryLeaveTheWindow() throws IOException {
        assertThat(night.post("/api/queue/2/run-now", "").body())
                .contains("\"status\":\"permitted\"", "as soon as no other download runs\"");

        night.post("/api/queue/pause", "");
        assertThat(night.post("/api/queue/2/run-now", "").body())
                .contains("but the queue is paused by hand: resume it first\"");
        night.queue.complete(2);
        assertThat(night.post("/api/queue/2/run-now", "").status()).isEqualTo(409);
    }

    @Test
    void pausesAndResumes() throws IOException {
        assertThat(night.post("/api/queue/pause", "").body())
                .isEqualTo("{\"status\":\"paused\",\"message\":\"The queue is paused until it is resumed\","
                        + "\"until\":null}");
        assertThat(night.get("/api/queue").body()).contains("\"paused\":{\"words\":\"paused by hand\",\"until\":null}");
        assertThat(night.get("/api/health").body()).contains("The queue is paused by hand.");
        assertThat(night.post("/api/queue/process", "").body())
                .contains("The queue was started, but the queue is paused by hand: resume it first");
        assertThat(night.post("/api/queue/resume", "").body()).contains("\"status\":\"resumed\"");
        assertThat(night.post("/api/queue/resume", "").body()).contains("\"status\":\"not_paused\"");
    }

    @ParameterizedTest
    @CsvSource({
        "2h, 2026-11-23T14:00:00Z",
        "1h30m, 2026-11-23T13:30:00Z",
        "PT2H, 2026-11-23T14:00:00Z",
        "P1D, 2026-11-24T12:00:00Z",
        "13:30, 2026-11-23T12:30:00Z",
        "6:00, 2026-11-24T05:00:00Z",
        "13:00, 2026-11-24T12:00:00Z",
        "2026-11-23T20:00:00+01:00, 2026-11-23T19:00:00Z",
    })
    void pausesUntil(String until, String moment) throws IOException {
        assertThat(night.post("/api/queue/pause", "{\"until\":\"" + until + "\"}")
                        .body())
                .contains("\"until\":\"" + moment + '"');
    }

    @ParameterizedTest
    @CsvSource({
        "yesterday, until must be a moment such as",
        "25:00, until must be a moment such as",
        "0h, until must be to come",
        "-2h, until must be",
        "2026-11-23T11:00:00Z, 'until must be to come, was \\\"2026-11-23T11:00:00Z\\\", and it is 2026-11-23T12:00:00Z now'",
    })
    void refusesAnEndThatIsNotToCome(String until, String words) throws IOException {
        Answer refused = night.post("/api/queue/process", "{\"until\":\"" + until + "\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains(words);
        assertThat(night.queue.schedule().isRunning()).isFalse();
    }

    @Test
    void runsUntil() throws IOException {
        assertThat(night.post("/api/queue/process", "{\"until\":\"2h\"}").status())
                .isEqualTo(202);
        assertThat(night.get("/api/queue").body())
                .contains(
                        "\"window\":{\"running_since\":\"2026-11-23T12:00:00Z\",\"ends_at\":\"2026-11-23T14:00:00Z\"");
    }

    @Test
    void showsThePlan() throws IOException {
        Stint stint = new Stint(2, ModelName.parse("b"), TEN, TEN.plus(Duration.ofHours(1)), 3600, true);
        Forecast forecast = new Forecast(1, null, null, Forecast.Tonight.UNKNOWN, List.of());
        night.answers.put(
                "plan", new Plan(TEN, 1L, List.of(new Night(new Window(TEN, SIX), List.of(stint))), List.of(forecast)));

        assertThat(night.get("/api/queue/plan").body())
                .isEqualTo("{\"made_at\":\"2026-11-23T21:00:00Z\",\"bytes_per_second\":1,\"nights\":["
                        + "{\"opens\":\"2026-11-23T21:00:00Z\",\"closes\":\"2026-11-24T05:00:00Z\",\"stints\":["
                        + "{\"queue_id\":2,\"model\":\"b\",\"from\":\"2026-11-23T21:00:00Z\","
                        + "\"to\":\"2026-11-23T22:00:00Z\",\"bytes\":3600,\"finishes\":true}]}],\"forecasts\":["
                        + "{\"queue_id\":1,\"model\":\"a\",\"ready_at\":null,\"fits_tonight\":\"unknown\","
                        + "\"why_waiting\":null,\"holds\":[]}]}");
    }

    @Test
    void listsWhatCouldBeNewer() throws IOException {
        InstalledModel installed = new InstalledModel(ModelName.parse("llama3:8b"), "0".repeat(64), 7);
        Manifest newest = new Manifest("1".repeat(64), List.of(new Layer("sha256:" + "2".repeat(64), 9)));
        night.queue.outdate(List.of(new OutdatedModel(installed, newest, true)));

        assertThat(night.get("/api/queue/outdated").body())
                .isEqualTo("{\"outdated\":[{\"model\":\"llama3:8b\",\"installed_digest\":\"" + "0".repeat(64)
                        + "\",\"newest_digest\":\"" + "1".repeat(64) + "\",\"size\":9,\"pinned\":true}]}");
    }

    @Test
    void looksBack() throws IOException {
        Fetch fetch = new Fetch(
                1,
                ModelName.parse("a"),
                Requester.named("10.0.0.9"),
                TEN,
                TEN.plusSeconds(10),
                100,
                20,
                Outcome.PAUSED,
                "window closed",
                TEN);
        night.queue.remember(new History(List.of(fetch), List.of(new History.Tally("a", 2, 1, 0, 100))));

        assertThat(night.get("/api/history?by=model&days=2").body())
                .isEqualTo("{\"by\":\"model\",\"since\":\"2026-11-21T12:00:00Z\",\"tallies\":[{\"key\":\"a\","
                        + "\"attempts\":2,\"completed\":1,\"failed\":0,\"bytes\":100}],\"attempts\":[{\"queue_id\":1,"
                        + "\"model\":\"a\",\"requester\":\"10.0.0.9\",\"from\":\"2026-11-23T21:00:00Z\","
                        + "\"to\":\"2026-11-23T21:00:10Z\",\"bytes\":100,\"mean_rate\":10,\"peak_rate\":20,"
                        + "\"outcome\":\"paused\",\"words\":\"window closed\","
                        + "\"window_opened\":\"2026-11-23T21:00:00Z\"}]}");
        assertThat(night.get("/api/history").body()).startsWith("{\"by\":\"day\",\"since\":\"2026-10-24T12:00:00Z\"");
    }

    @ParameterizedTest
    @CsvSource({
        "by=hour, 'by must be day, model or requester, was \\\"hour\\\"'",
        "days=0, 'days must be a whole number from 1 to 36500, was \\\"0\\\"'",
        "limit=x, 'limit must be a whole number from 0 to 10000, was \\\"x\\\"'",
    })
    void refusesToLookBackAtNothing(String query, String words) throws IOException {
        assertThat(night.get("/api/history?" + query).status()).isEqualTo(400);
        assertThat(night.get("/api/history?" + query).body()).contains(words);
    }

    @Test
    void saysHowTheDiskOfTheModelsIs() throws IOException {
        assertThat(night.get("/api/health").body())
                .contains("\"models_disk\":{\"status\":\"healthy\",\"message\":\"Nothing is kept on a disk.\","
                        + "\"watched\":false}");

        night.answers.put("disk", new DiskStatus("/models", 100_000_000_000L, 1_200_000_000L, 2_000_000_000L, null));
        assertThat(night.get("/api/health").body())
                .startsWith("{\"status\":\"degraded\"")
                .contains("1.2 GB are free where the models are, 2.0 GB are to stay free")
                .contains("\"path\":\"/models\",\"free_bytes\":1200000000,\"kept_bytes\":2000000000");
    }

    @Test
    void saysWhenPartialDownloadsWouldBeLost() throws IOException {
        assertThat(night.get("/api/health").body()).contains("\"partials\":{\"status\":\"healthy\"");

        night.answers.put("partials", "They are lost.");
        assertThat(night.get("/api/health").body())
                .contains("\"partials\":{\"status\":\"degraded\",\"message\":\"They are lost.\"}");
        assertThat(night.get("/api/health").status()).isEqualTo(200);
    }

    @Test
    void leavesOtherPathsBelowTheQueueToOllama() throws IOException {
        assertThat(night.get("/api/queue/abc").status()).isEqualTo(502);
        assertThat(night.post("/api/queue/1/other", "{}").status()).isEqualTo(502);
        assertThat(night.get("/api/queue/1/move").status()).isEqualTo(502);
    }
}
