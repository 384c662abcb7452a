package io.github.ohhhllama.queue.internal.notify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessengerTest {

    private static final Message READY = new Message(
            "4711",
            "model.ready",
            Instant.parse("2026-11-24T03:00:00Z"),
            "llama3:8b is ready",
            "llama3:8b (<4.7 GB>) was downloaded",
            Map.of("model", "llama3:8b", "entry", 1L));
    private static final Message FAILED =
            new Message("4712", "model.failed", Instant.EPOCH, "gemma was given up", "weiß nicht, warum", Map.of());

    private final SettableClock clock = SettableClock.at("2026-11-24T03:00:01Z");
    private final MockWebServer server = new MockWebServer();
    private Messenger messenger = new Messenger(Map.of(), Duration.ofSeconds(30), clock);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        messenger.close();
        server.close();
    }

    @Test
    void jsonSaysAllAndIsSigned() throws InterruptedException {
        RecordedRequest request = sent("json+", "/hook", READY, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(request.getHeaders().get("webhook-id")).isEqualTo("4711");
        assertThat(request.getHeaders().get("webhook-timestamp")).isEqualTo("1795489201");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(body(request))
                .isEqualTo("{\"data\":{\"entry\":1,\"model\":\"llama3:8b\"},\"id\":\"4711\",\"text\":\"llama3:8b"
                        + " (<4.7 GB>) was downloaded\",\"timestamp\":\"2026-11-24T03:00:00Z\",\"title\":"
                        + "\"llama3:8b is ready\",\"type\":\"model.ready\"}");
        assertThat(request.getHeaders().get("webhook-signature"))
                .isEqualTo(new Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .of(
                                "4711",
                                1795489201,
                                requireNonNull(request.getBody()).toByteArray()));
    }

    @Test
    void withoutASecretNothingIsSigned() throws InterruptedException {
        assertThat(sent("", "/hook", READY, "").getHeaders().get("webhook-signature"))
                .isNull();
    }

    @Test
    void ntfyGetsTheTextAsItIs() throws InterruptedException {
        RecordedRequest request = sent("ntfy+", "/topic", FAILED, "");

        assertThat(request.getTarget()).isEqualTo("/topic");
        assertThat(body(request)).isEqualTo("weiß nicht, warum");
        assertThat(request.getHeaders().get("Title")).isEqualTo("gemma was given up");
        assertThat(request.getHeaders().get("Priority")).isEqualTo("high");
        assertThat(request.getHeaders().get("Tags")).isEqualTo("x");
    }

    @Test
    void gotifyIsReachedAtItsMessages() throws InterruptedException {
        RecordedRequest request = sent("gotify+", "/base/?token=t", FAILED, "");

        assertThat(request.getTarget()).isEqualTo("/base/message?token=t");
        assertThat(body(request))
                .isEqualTo("{\"message\":\"weiß nicht, warum\",\"priority\":8,\"title\":\"gemma was given up\"}");
        assertThat(sent("gotify+", "/message?token=t", READY, "").getTarget()).isEqualTo("/message?token=t");
    }

    @Test
    void slackGetsItsEscapes() throws InterruptedException {
        assertThat(body(sent("slack+", "/services/T/B/x", READY, "")))
                .isEqualTo("{\"text\":\"*llama3:8b is ready*\\nllama3:8b (&lt;4.7 GB&gt;) was downloaded\"}");
    }

    @Test
    void discordCallsNobodyAndGetsNoMoreThanItTakes() throws InterruptedException {
        Message longOne = new Message("1", "model.failed", Instant.EPOCH, "t", "@everyone ".repeat(500), Map.of());

        String body = body(sent("discord+", "/api/webhooks/1/x", longOne, ""));

        assertThat(body).startsWith("{\"allowed_mentions\":{\"parse\":[]},\"content\":\"**t**");
        assertThat(body).hasSizeBetween(2000, 2060);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408, 425})
    void whatMayPassIsPostponed(int code) {
        server.enqueue(new MockResponse.Builder()
                .code(code)
                .addHeader("Retry-After", "90")
                .build());

        assertThat(send()).isInstanceOfSatisfying(Delivery.Postponed.class, postponed -> {
            assertThat(postponed.retryAfter()).isEqualTo(Duration.ofSeconds(90));
            assertThat(postponed.words()).contains("it answered " + code);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 413})
    void whatWillNotPassIsRefused(int code) {
        server.enqueue(new MockResponse.Builder().code(code).build());

        assertThat(send()).isInstanceOf(Delivery.Refused.class);
        assertThat(send(code).words()).startsWith("it answered " + code);
    }

    @Test
    void goneSaysWhatToDo() {
        server.enqueue(new MockResponse.Builder().code(410).build());

        assertThat(send().words()).endsWith("there is nobody at that address (any more), correct NOTIFY_URL");
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", server.url("/elsewhere"))
                .build());

        assertThat(send()).isInstanceOf(Delivery.Refused.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void whoIsSlowIsLeftAndTriedAgain() {
        messenger.close();
        messenger = new Messenger(Map.of(), Duration.ofMillis(200), clock);
        server.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.MINUTES).build());

        assertThat(send()).isInstanceOf(Delivery.Postponed.class);
    }

    @Test
    void whoIsNotThereIsTriedAgain() {
        Target target = Target.parse(server.url("/").toString());
        server.close();

        assertThat(messenger.send(target, READY, "")).isInstanceOf(Delivery.Postponed.class);
    }

    private Delivery send() {
        return messenger.send(Target.parse(server.url("/hook").toString()), READY, "");
    }

    private Delivery send(int code) {
        server.enqueue(new MockResponse.Builder().code(code).build());
        return send();
    }

    private RecordedRequest sent(String form, String path, Message message, String secret) throws InterruptedException {
        server.enqueue(new MockResponse.Builder().code(204).build());
        Target target = Target.parse(form + server.url(path));
        assertThat(messenger.send(target, message, secret)).isInstanceOf(Delivery.Taken.class);
        return server.takeRequest();
    }

    private static String body(RecordedRequest request) {
        return requireNonNull(request.getBody()).utf8();
    }
}
