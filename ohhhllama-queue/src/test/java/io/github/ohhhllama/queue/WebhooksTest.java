package io.github.ohhhllama.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets a queue with a real database tell a real HTTP server what happened. */
final class WebhooksTest {

    private static final FakeModel MISTRAL = FakeModel.of("mistral", 2_000_000);
    private static final Instant EVENING = Instant.parse("2026-11-23T21:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-11-24T05:00:00Z");

    private final SettableClock clock = SettableClock.at(EVENING.toString());
    private final MockWebServer receiver = new MockWebServer();

    @TempDir
    private Path directory;

    private FakeOllama ollama;
    private Ohhhllama ohhhllama;

    @BeforeEach
    void start() throws IOException {
        receiver.start();
        ollama = FakeOllama.start().offer(MISTRAL);
        ohhhllama = settings("").build();
    }

    @AfterEach
    void stop() {
        ohhhllama.close();
        ollama.close();
        receiver.close();
    }

    @Test
    void tellsThatAModelIsReadyAndSumsTheNightUp() throws Exception {
        answer(200);
        answer(200);
        serve("");
        enqueue("mistral");

        assertThat(heard())
                .contains("\"type\":\"model.ready\"", "\"requester\":\"ada\"", "\"title\":\"mistral is ready\"");
        await().until(() -> ohhhllama.queue().schedule().isRunning());
        clock.set(MORNING);

        assertThat(heard())
                .contains(
                        "\"type\":\"night.summary\"",
                        "\"completed\":1",
                        "2026-11-23 22:00 to 2026-11-24 06:00: 1 model");
        await().until(() -> notices() == 0);
    }

    @Test
    void tellsThatAModelWasGivenUpAndWhy() throws InterruptedException {
        answer(200);
        serve("");
        enqueue("nosuchmodel");

        assertThat(heard())
                .contains("\"type\":\"model.failed\"", "\"reason\":\"pull model manifest: file does not exist\"");
    }

    @Test
    void triesAgainWithTheSameIdAsLongAsTheReceiverAsks() throws InterruptedException {
        receiver.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "3600")
                .build());
        answer(200);
        serve("");
        enqueue("mistral");
        String id = id(request());
        await().until(() -> number("select count(*) from notices where try_at > '2026-11-23T21:59:00'") == 1);

        clock.advance(Duration.ofMinutes(59));
        assertThat(receiver.takeRequest(200, TimeUnit.MILLISECONDS)).isNull();
        clock.advance(Duration.ofMinutes(2));

        assertThat(id(request())).isEqualTo(id);
        await().until(() -> notices() == 0);
    }

    @Test
    void goesOnAfterARestart() throws InterruptedException {
        answer(500);
        answer(200);
        serve("");
        enqueue("mistral");
        String id = id(request());
        await().until(() -> number("select count(*) from notices where try_at between '2026-11-23T21:00:10' and"
                        + " '2026-11-23T21:00:31'")
                == 1);

        ohhhllama.close();
        clock.advance(Duration.ofMinutes(1));
        serve("");

        assertThat(id(request())).isEqualTo(id);
    }

    @Test
    void tellsAgainWhatAKilledProcessMayNotHaveTold() throws InterruptedException, SQLException {
        answer(500);
        answer(200);
        serve("");
        enqueue("mistral");
        String id = id(request());
        await().until(() -> number("select max(attempts) from notices") == 1);
        ohhhllama.close();
        // What a process leaves that dies between the question and the answer.
        execute("update notices set try_at = '2026-11-23T21:00:30.000Z'");

        serve("");
        assertThat(receiver.takeRequest(200, TimeUnit.MILLISECONDS)).isNull();
        clock.advance(Duration.ofSeconds(31));

        assertThat(id(request())).isEqualTo(id);
    }

    @Test
    void givesUpAfterThreeDays() throws InterruptedException {
        answer(500);
        answer(500);
        serve("ready");
        enqueue("mistral");
        request();
        await().until(() -> number("select count(*) from notices where try_at < '2026-11-23T21:00:31'") == 1);

        clock.advance(Duration.ofDays(3));

        request();
        await().until(() -> number("select count(*) from notices where given_up_at is not null") == 1);
    }

    @Test
    void givesUpAtOnceWhereNobodyIs() throws InterruptedException {
        answer(410);
        serve("ready");
        enqueue("mistral");
        request();

        await().until(() -> number("select count(*) from notices where given_up_at is not null") == 1);
    }

    @Test
    void aReceiverThatNeverAnswersHoldsNoDownloadUp() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        receiver.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                open.await();
                return new MockResponse.Builder().build();
            }
        });
        serve("");
        enqueue("mistral");
        request();
        ollama.offer(FakeModel.of("gemma", 1_000_000));

        QueueEntry second = enqueue("gemma");

        await().until(() -> ohhhllama.queue().find(second.id()).orElseThrow().state() == EntryState.COMPLETED);
        open.countDown();
    }

    @Test
    void tellsOnlyWhatItIsAskedFor() throws Exception {
        answer(200);
        serve("failed");
        enqueue("mistral");
        enqueue("nosuchmodel");

        assertThat(heard()).contains("model.failed");
        clock.set(MORNING);
        await().until(() -> !ohhhllama.queue().schedule().isRunning());
        await().until(() -> notices() == 0);
    }

    @Test
    void whoIsToldMayChangeWhileTheQueueRuns() throws InterruptedException {
        answer(200);
        ohhhllama.close();
        ohhhllama = settings("").webhooks(Webhooks.NONE).build();
        ohhhllama.start();
        QueueEntry before = enqueue("mistral");
        await().until(() -> ohhhllama.queue().find(before.id()).orElseThrow().state() == EntryState.COMPLETED);

        ohhhllama.reconfigure(settings(""));
        await().until(() -> number("select count(*) from notice_targets") == 1);
        enqueue("nosuchmodel");

        assertThat(heard()).contains("model.failed");
        ohhhllama.reconfigure(settings("").webhooks(Webhooks.NONE));
        await().until(() -> number("select count(*) from notice_targets") == 0);
    }

    @Test
    void aTestSaysWhatBecameOfIt() throws InterruptedException {
        answer(204);
        answer(404);
        String url = receiver.url("/s3cret").toString();
        Webhooks webhooks =
                Webhooks.parse(url + ", slack+" + url, "open sesame").only("ready");

        assertThat(webhooks.test(Map.of(), clock))
                .extracting(Webhooks.Trial::taken)
                .containsExactly(true, false);
        assertThat(requireNonNull(request().getBody()).utf8()).contains("\"type\":\"test\"", "told here of: ready.");
        assertThat(webhooks.toString()).contains("slack+http://").doesNotContain("s3cret", "sesame");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Webhooks.NONE.only("ready, finished"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"finished\" is nothing that can be told, expected ready, failed or night");
    }

    private void serve(String kinds) {
        ohhhllama.close();
        ohhhllama = settings(kinds).build();
        ohhhllama.start();
        await().until(() -> number("select count(*) from notice_targets") == 1);
    }

    private Ohhhllama.Builder settings(String kinds) {
        Webhooks webhooks = Webhooks.parse(receiver.url("/hook").toString(), "");
        Ohhhllama.Builder builder = Ohhhllama.builder(directory.resolve("queue.db"))
                .backend(ollama.uri())
                .registry(Registry.NONE)
                .windows("mon-sun 22:00-06:00")
                .zone(ZoneId.of("Europe/Berlin"))
                .webhooks(kinds.isEmpty() ? webhooks : webhooks.only(kinds))
                .rateLimit(0)
                .clock(clock);
        builder.heartbeat = Duration.ofMillis(20);
        builder.look = Duration.ofMillis(20);
        return builder;
    }

    private QueueEntry enqueue(String model) {
        PullRequest request = PullRequest.of(ModelName.parse(model), Requester.named("ada"));
        return ((EnqueueResult.Queued) ohhhllama.queue().enqueue(request)).entry();
    }

    private void answer(int code) {
        receiver.enqueue(new MockResponse.Builder().code(code).build());
    }

    private RecordedRequest request() throws InterruptedException {
        return requireNonNull(receiver.takeRequest(30, TimeUnit.SECONDS), "a request");
    }

    private String heard() throws InterruptedException {
        return requireNonNull(request().getBody()).utf8();
    }

    private static @Nullable String id(RecordedRequest request) {
        return request.getHeaders().get("webhook-id");
    }

    private long notices() throws SQLException {
        return number("select count(*) from notices");
    }

    private long number(String question) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.getLong(1);
        }
    }

    private void execute(String change) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(change);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("queue.db"));
    }
}
