package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.StorageStatus;
import io.github.ohhhllama.proxy.Call.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes the proxy as those do who run services. */
final class VitalsTest {

    private static final List<String> PROBES = List.of("/healthz", "/readyz");

    @TempDir
    private Path directory;

    @Test
    void livesAndIsReadyWithoutAnOllama() throws IOException {
        try (NightFixture night = new NightFixture()) {
            assertThat(night.get("/healthz").body()).isEqualTo("{\"status\":\"alive\"}");
            Answer ready = night.get("/readyz");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.field("Content-Type")).contains("application/json");
            assertThat(ready.body()).isEqualTo("{\"status\":\"ready\"}");
        }
    }

    @Test
    void livesButIsNotReadyWithoutItsDatabase() throws IOException {
        try (NightFixture night = new NightFixture()) {
            night.answers.put("storage", new StorageStatus("/queue.db", "the database cannot be written"));

            assertThat(night.get("/healthz").status()).isEqualTo(200);
            Answer unready = night.get("/readyz");
            assertThat(unready.status()).isEqualTo(503);
            assertThat(unready.body()).isEqualTo("{\"error\":\"the database cannot be written\"}");
        }
    }

    @Test
    void answersHeadWithoutABodyAndLeavesOtherMethodsToOllama() throws IOException {
        try (ProxyFixture fixture = new ProxyFixture(directory)) {
            for (String path : PROBES) {
                Answer head = fixture.call("HEAD", path).send();
                assertThat(head.status()).as(path).isEqualTo(200);
                assertThat(head.field("Content-Length")).isPresent().isNotEqualTo("0");
                assertThat(head.body()).isEmpty();
                assertThat(fixture.ollama().requests()).isEmpty();
            }
            for (String path : PROBES) {
                assertThat(fixture.call("POST", path).send().status()).isEqualTo(404);
                assertThat(fixture.call("GET", path + '/').send().status()).isEqualTo(404);
            }
            assertThat(fixture.ollama().requests()).hasSize(4);
        }
    }

    @Test
    void letsInOnlyWhomTheOtherPathsLetIn() throws IOException {
        try (ProxyFixture fixture = new ProxyFixture(directory)) {
            for (String path : PROBES) {
                Answer foreign = fixture.call("GET", path).host("evil.example").send();
                assertThat(foreign.status()).isEqualTo(403);
                assertThat(fixture.call("GET", path)
                                .with("Origin", "https://evil.example")
                                .send()
                                .status())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void livesUntilTheLastAnswerIsOutButIsReadyForNobodyAnyMore() throws IOException {
        try (ProxyFixture fixture = new ProxyFixture(directory);
                Socket held = fixture.held("mistral")) {
            Call.readTo(held.getInputStream(), "pulling manifest\"}\n");
            fixture.proxy().refuseNewRequests();

            assertThat(fixture.call("GET", "/healthz").send().status()).isEqualTo(200);
            assertThat(fixture.call("HEAD", "/healthz").send().status()).isEqualTo(200);
            Answer unready = fixture.call("GET", "/readyz").send();
            assertThat(unready.status()).isEqualTo(503);
            assertThat(unready.body()).isEqualTo("{\"error\":\"ohhhllama is stopping\"}");
            assertThat(fixture.call("GET", "/healthz")
                            .host("evil.example")
                            .send()
                            .status())
                    .isEqualTo(403);
        }
    }
}
