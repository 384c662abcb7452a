package io.github.ohhhllama.proxy.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiJsonTest {

    @Test
    void readsAQueueAndLeavesOutWhatItDoesNotKnow() {
        QueueView view = ApiJson.queue("""
                        {"counts":{"pending":1,"downloading":0,"completed":2,"failed":0,"later":9},
                         "queue":[{"id":7,"model":"mistral","status":"pending","requester_ip":"10.0.0.9",
                                   "position":1,"starts_at":"2026-11-24T03:00:00+01:00",
                                   "progress":{"status":"pulling","total":40000000000,"completed":5}}],
                         "recent":[],"rate_limit":{"limit":5,"remaining":4,"resets_at":"2026-11-24T00:00:00Z"}}""").orElseThrow();

        assertThat(view.counts().pending()).isEqualTo(1);
        assertThat(view.queue()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo(7);
            assertThat(entry.requester()).isEqualTo("10.0.0.9");
            assertThat(entry.startsAt()).isEqualTo(Instant.parse("2026-11-24T02:00:00Z"));
            assertThat(entry.running().orElseThrow().total()).isEqualTo(40_000_000_000L);
            assertThat(entry.error()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "404 page not found",
                "[]",
                "null",
                "{}",
                "{\"counts\":{\"pending\":\"x\"},\"queue\":[]}",
                "{\"counts\":{\"pending\":1,\"downloading\":0,\"completed\":0,\"failed\":0},"
                        + "\"queue\":[{\"id\":1,\"model\":\"m\",\"status\":\"pending\",\"starts_at\":\"soon\"}]}",
            })
    void anythingElseIsNoQueue(String text) {
        assertThat(ApiJson.queue(text)).isEmpty();
    }

    @Test
    void writesBodies() {
        assertThat(ApiJson.pull("a\"b", false)).isEqualTo("{\"model\":\"a\\\"b\"}");
        assertThat(ApiJson.pull("m", true)).contains("\"insecure\":true", "\"model\":\"m\"");
        assertThat(ApiJson.entry(42)).isEqualTo("{\"id\":42}");
    }
}
