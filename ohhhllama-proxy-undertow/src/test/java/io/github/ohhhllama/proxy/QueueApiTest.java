package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.proxy.Call.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the queue and at the health of everything through the interface of our own. */
final class QueueApiTest {

    @TempDir
    private Path directory;

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ProxyFixture(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void listsRemovesAndStartsTheQueue() throws IOException {
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"mistral\"}");
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"no-such-model\"}");

        assertThat(fixture.call("GET", "/api/queue").send().body())
                .startsWith(
                        "{\"counts\":{\"pending\":2,\"downloading\":0,\"completed\":0,\"failed\":0},\"queue\":[{\"id\":1,")
                .contains(
                        "\"position\":2",
                        "\"rate_limit\":{\"limit\":5,\"remaining\":3,\"resets_at\":\"2026-11-23T23:00:00Z\"}");
        assertThat(fixture.call("GET", "/api/queue?limit=1&offset=1").send().body())
                .contains("\"id\":2")
                .doesNotContain("\"id\":1,");
        assertThat(fixture.call("GET", "/api/queue?limit=0").send().status()).isEqualTo(400);

        assertThat(fixture.call("DELETE", "/api/queue")
                        .body("{\"id\":2}")
                        .send()
                        .body())
                .contains("\"status\":\"deleted\"");
        assertThat(fixture.call("DELETE", "/api/queue")
                        .body("{\"model\":\"no-such-model\"}")
                        .send()
                        .status())
                .isEqualTo(404);
        assertThat(fixture.call("POST", "/api/queue/process").send().body()).contains("\"status\":\"started\"");
        await().until(() -> fixture.ollama().installed().contains("mistral:latest"));
    }

    @Test
    void listsWhatAFilterSelects() throws IOException {
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"mistral\"}");
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"no-such-model\"}");

        assertThat(list("status=pending&limit=1"))
                .startsWith("{\"entries\":[{\"id\":2,")
                .endsWith("],\"page\":{\"limit\":1,\"offset\":0}}");
        assertThat(list("status=pending&limit=1&offset=1")).startsWith("{\"entries\":[{\"id\":1,");
        assertThat(list("model=Library%2FMistral%3Alatest"))
                .contains("\"id\":1,")
                .doesNotContain("\"id\":2,");
        assertThat(list("requester=127.0.0.1&status=pending")).contains("\"id\":1,", "\"id\":2,");
        assertThat(list("requester=192.0.2.1")).startsWith("{\"entries\":[],");
        assertThat(list("status=waiting"))
                .isEqualTo(
                        "{\"error\":\"status must be pending, downloading, completed or failed, was \\\"waiting\\\"\"}");
        assertThat(fixture.call("GET", "/api/queue?model=%zz").send().status()).isEqualTo(400);
    }

    private String list(String query) throws IOException {
        return fixture.call("GET", "/api/queue?" + query).send().body().strip();
    }

    @Test
    void saysHowItIs() throws IOException {
        Answer healthy = fixture.call("GET", "/api/health").send();
        assertThat(healthy.status()).isEqualTo(200);
        assertThat(healthy.body())
                .startsWith("{\"status\":\"healthy\"")
                .contains("\"next_start_local\":\"2026-11-24T03:00:00+01:00\"");

        fixture.ollama().close();
        Answer down = fixture.call("GET", "/api/health").send();
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.body()).startsWith("{\"status\":\"unhealthy\"");
    }
}
