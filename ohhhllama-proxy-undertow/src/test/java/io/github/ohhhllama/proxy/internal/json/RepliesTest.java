package io.github.ohhhllama.proxy.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.ScheduleStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RepliesTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456789Z");
    private static final Instant NIGHT = Instant.parse("2026-11-24T02:00:00Z");
    private static final RateDecision FOUR_LEFT = new RateDecision(true, 5, 4, NIGHT);
    private static final PullRequest LLAMA =
            new PullRequest(ModelName.parse("llama2:70b"), Requester.named("192.168.1.7"), true, false);
    private static final QueueEntry WAITING =
            new QueueEntry(42, LLAMA, EntryState.PENDING, NOON, NOON, Attempts.NONE, new Place(3, NIGHT), null);

    @Test
    void shouldSayNoAsOllamaDoes() {
        assertThat(text(Replies.error("a \"b\" <c>"))).isEqualTo("{\"error\":\"a \\\"b\\\" \\u003cc\\u003e\"}");
        assertThat(text(Replies.errorLine("this & that"))).isEqualTo("{\"error\":\"this \\u0026 that\"}\n");
    }

    @Test
    void shouldWriteStatusAndProgressLines() {
        assertThat(text(Replies.status("success"))).isEqualTo("{\"status\":\"success\"}");
        assertThat(text(Replies.statusLine("pulling manifest"))).isEqualTo("{\"status\":\"pulling manifest\"}\n");
        assertThat(text(Replies.progressLine(new PullProgress("pulling 40", "sha256:40", 7, 0))))
                .isEqualTo("{\"status\":\"pulling 40\",\"digest\":\"sha256:40\",\"total\":7}\n");
    }

    @Test
    void shouldSayThatAModelWasQueued() {
        assertThat(text(Replies.queued(new EnqueueResult.Queued(WAITING, FOUR_LEFT))))
                .isEqualTo("{\"status\":\"queued\",\"message\":\"Model llama2:70b added to download queue\","
                        + "\"queue_id\":42,\"position\":3,\"starts_at\":\"2026-11-24T02:00:00Z\","
                        + "\"rate_limit\":{\"limit\":5,\"remaining\":4}}");
    }

    @Test
    void shouldSayThatAModelStoodInTheQueueBefore() {
        RateDecision unlimited = new RateDecision(true, 0, 0, NIGHT);

        assertThat(text(Replies.alreadyQueued(new EnqueueResult.AlreadyQueued(WAITING, unlimited))))
                .isEqualTo("{\"status\":\"already_queued\","
                        + "\"message\":\"Model llama2:70b is already in the download queue\","
                        + "\"queue_id\":42,\"position\":3,\"starts_at\":\"2026-11-24T02:00:00Z\","
                        + "\"rate_limit\":{\"limit\":0,\"remaining\":null}}");
    }

    @Test
    void shouldListTheQueue() {
        QueueEntry running = new QueueEntry(
                41,
                LLAMA,
                EntryState.DOWNLOADING,
                NOON,
                NOON,
                new Attempts(2, NIGHT, "reset by peer"),
                new Place(1, NIGHT),
                new Download(new PullProgress("pulling 40", "sha256:40", 3000, 1000), 99));
        QueueEntry failed =
                new QueueEntry(7, LLAMA, EntryState.FAILED, NOON, NIGHT, new Attempts(1, null, "unknown"), null, null);
        QueueSnapshot snapshot =
                new QueueSnapshot(new QueueCounts(1, 1, 0, 1), List.of(running, WAITING), List.of(failed));

        Forecast foreseen = new Forecast(
                42, NIGHT, null, Forecast.Tonight.MAYBE, List.of(new Hold(Hold.Cause.WINDOW, "window closed", NIGHT)));
        Plan plan = new Plan(NOON, null, List.of(), List.of(foreseen));
        ScheduleStatus schedule = new ScheduleStatus(
                "0 3 * * *", ZoneId.of("UTC"), NIGHT, null, NIGHT, new Hold(Hold.Cause.MANUAL, "paused", null), null);

        assertThat(text(Entries.listing(snapshot, plan, schedule, FOUR_LEFT, Page.FIRST)))
                .isEqualTo("{\"counts\":{\"pending\":1,\"downloading\":1,\"completed\":0,\"failed\":1},\"queue\":["
                        + "{\"id\":41,\"model\":\"llama2:70b\",\"status\":\"downloading\",\"requester_ip\":\"192.168.1.7\","
                        + "\"created_at\":\"2026-11-23T12:00:00.123Z\",\"updated_at\":\"2026-11-23T12:00:00.123Z\","
                        + "\"position\":1,\"starts_at\":\"2026-11-24T02:00:00Z\",\"attempts\":2,\"error\":\"reset by peer\","
                        + "\"retry_at\":\"2026-11-24T02:00:00Z\",\"refresh\":false,\"insecure\":true,"
                        + "\"progress\":{\"status\":\"pulling 40\",\"digest\":\"sha256:40\",\"total\":3000,"
                        + "\"completed\":1000,\"percent\":33.3,\"bytes_per_second\":99},"
                        + "\"priority\":\"normal\",\"size\":null,\"missing\":null,\"ready_at\":null,"
                        + "\"fits_tonight\":\"unknown\",\"why_waiting\":null,\"holds\":[]},"
                        + text(Entries.entry(WAITING, foreseen, List.of())).replace(",\"events\":[]", "")
                        + "],\"recent\":["
                        + "{\"id\":7,\"model\":\"llama2:70b\",\"status\":\"failed\",\"error\":\"unknown\","
                        + "\"updated_at\":\"2026-11-24T02:00:00Z\"}],"
                        + "\"rate_limit\":{\"limit\":5,\"remaining\":4,\"resets_at\":\"2026-11-24T02:00:00Z\"},"
                        + "\"paused\":{\"words\":\"paused\",\"until\":null},"
                        + "\"window\":{\"running_since\":null,\"ends_at\":\"2026-11-24T02:00:00Z\","
                        + "\"next_start\":\"2026-11-24T02:00:00Z\"},"
                        + "\"page\":{\"limit\":50,\"offset\":0,\"total\":2}}");
    }

    @Test
    void shouldShowOneEntry() {
        QueueEntry sized = new QueueEntry(
                42, LLAMA, EntryState.PENDING, NOON, NOON, Attempts.NONE, new Place(3, NIGHT), null, new Extent(9, 5));
        Forecast foreseen = new Forecast(
                42,
                NIGHT,
                NIGHT.plusSeconds(60),
                Forecast.Tonight.YES,
                List.of(
                        new Hold(Hold.Cause.DISK, "waiting: 12.4 GB short", null),
                        new Hold(Hold.Cause.WINDOW, "window closed", NIGHT)));
        EntryEvent queued = new EntryEvent(42, NOON, EntryEvent.Kind.QUEUED, "");

        assertThat(text(Entries.entry(sized, foreseen, List.of(queued))))
                .isEqualTo("{\"id\":42,\"model\":\"llama2:70b\",\"status\":\"pending\","
                        + "\"requester_ip\":\"192.168.1.7\",\"created_at\":\"2026-11-23T12:00:00.123Z\","
                        + "\"updated_at\":\"2026-11-23T12:00:00.123Z\",\"position\":3,"
                        + "\"starts_at\":\"2026-11-24T02:00:00Z\",\"attempts\":0,\"refresh\":false,\"insecure\":true,"
                        + "\"progress\":null,\"priority\":\"normal\",\"size\":9,\"missing\":5,"
                        + "\"ready_at\":{\"earliest\":\"2026-11-24T02:00:00Z\",\"latest\":\"2026-11-24T02:01:00Z\"},"
                        + "\"fits_tonight\":\"yes\",\"why_waiting\":\"waiting: 12.4 GB short\",\"holds\":["
                        + "{\"cause\":\"disk\",\"words\":\"waiting: 12.4 GB short\",\"until\":null},"
                        + "{\"cause\":\"window\",\"words\":\"window closed\",\"until\":\"2026-11-24T02:00:00Z\"}],"
                        + "\"events\":[{\"at\":\"2026-11-23T12:00:00.123Z\",\"kind\":\"queued\",\"words\":\"\"}]}");
    }

    @Test
    void shouldKeepAHeldPullAlive() {
        Heartbeat heartbeat = Heartbeat.of(ModelName.parse("llama2"));

        assertThat(text(heartbeat.line(Duration.ofMinutes(12), Optional.empty())))
                .matches("\\{\"status\":\"queued, waited 12m\",\"digest\":\"sha256:[0-9a-f]{64}\","
                        + "\"total\":1000000000,\"completed\":1}\n");
        assertThat(text(heartbeat.line(Duration.ofMinutes(125), Optional.of(new Extent(77, 7)))))
                .contains("\"queued, waited 2h5m\"", "\"total\":77,");
    }

    @Test
    void shouldGiveAllSpellingsOfAModelOneHeartbeat() {
        assertThat(Heartbeat.of(ModelName.parse("Llama2")).line(Duration.ZERO, Optional.empty()))
                .isEqualTo(
                        Heartbeat.of(ModelName.parse("library/llama2:latest")).line(Duration.ZERO, Optional.empty()))
                .isNotEqualTo(Heartbeat.of(ModelName.parse("llama3")).line(Duration.ZERO, Optional.empty()));
    }

    @Test
    void shouldBeAsHealthyAsTheWorstPart() {
        Map<String, Health.Check> checks = new LinkedHashMap<>();
        checks.put("proxy", Health.Check.healthy("ok"));
        assertThat(new Health(checks).status()).isEqualTo(Health.Status.HEALTHY);
        checks.put("disk", Health.Check.degraded("nearly full"));
        assertThat(new Health(checks).status()).isEqualTo(Health.Status.DEGRADED);
        checks.put("backend", Health.Check.unhealthy("refused").with("version", "0.33.0"));

        assertThat(text(new Health(checks).toJson()))
                .isEqualTo("{\"status\":\"unhealthy\",\"checks\":{"
                        + "\"proxy\":{\"status\":\"healthy\",\"message\":\"ok\"},"
                        + "\"disk\":{\"status\":\"degraded\",\"message\":\"nearly full\"},"
                        + "\"backend\":{\"status\":\"unhealthy\",\"message\":\"refused\",\"version\":\"0.33.0\"}}}");
    }

    @Test
    void shouldShowTheNextStartInBothTimes() {
        ScheduleStatus schedule = new ScheduleStatus("0 3 * * *", ZoneId.of("Europe/Berlin"), NIGHT, null);

        assertThat(ScheduleCheck.of(schedule).details())
                .containsExactly(
                        Map.entry("next_start", "2026-11-24T02:00:00Z"),
                        Map.entry("next_start_local", "2026-11-24T03:00:00+01:00"),
                        Map.entry("time_zone", "Europe/Berlin"),
                        Map.entry("schedule", "0 3 * * *"));
    }

    @Test
    void shouldSayWhatToDoWhenOllamaGoesOnDownloading() {
        ScheduleStatus leaking = new ScheduleStatus(
                "0 3 * * *",
                ZoneId.of("UTC"),
                NIGHT,
                NOON,
                NIGHT,
                new Hold(Hold.Cause.MANUAL, "paused by hand", NIGHT),
                ScheduleStatus.Stillness.LEAKING);

        Health.Check check = ScheduleCheck.of(leaking);
        assertThat(check.status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(check.message()).contains("restart Ollama");
        assertThat(check.details())
                .containsEntry("running_since", "2026-11-23T12:00:00.123Z")
                .containsEntry("ends_at", "2026-11-24T02:00:00Z")
                .containsEntry("paused", "paused by hand")
                .containsEntry("paused_until", "2026-11-24T02:00:00Z")
                .containsEntry("stillness", "leaking");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
