package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.Call.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comes from pages and under names that are foreign. */
final class GateTest {

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
    void refusesForeignHostsAndOriginsOnEveryPath() throws IOException {
        for (String path : List.of("/api/pull", "/api/queue", "/api/tags", "/anything")) {
            Answer host = fixture.call("GET", path).host("evil.example").send();
            assertThat(host.status()).isEqualTo(403);
            assertThat(host.body()).isEmpty();
            assertThat(fixture.call("GET", path)
                            .with("Origin", "https://evil.example")
                            .send()
                            .status())
                    .isEqualTo(403);
        }
        assertThat(fixture.call("GET", "http://evil.example/api/tags")
                        .host("evil.example")
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(fixture.ollama().requests()).isEmpty();
    }

    @Test
    void tellsAnAllowedPageThatItIsAllowed() throws IOException {
        Answer answer = fixture.call("GET", "/api/tags")
                .with("Origin", "http://localhost:3000")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Access-Control-Allow-Origin")).contains("http://localhost:3000");
        assertThat(answer.field("Vary")).contains("Origin");
        assertThat(fixture.ollama().requests().get(0).header("Origin")).isEmpty();
    }

    @Test
    void answersOptionsOfThePageItselfAsOfNoPage() throws IOException {
        assertThat(fixture.call("OPTIONS", "/api/version")
                        .host("nas.local:11434")
                        .with("Origin", "http://nas.local:11434")
                        .send()
                        .status())
                .isEqualTo(204);
    }

    @Test
    void answersAPreflight() throws IOException {
        Answer answer = fixture.call("OPTIONS", "/api/pull")
                .with("Origin", "http://localhost:3000")
                .with("Access-Control-Request-Method", "POST")
                .send();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.field("Access-Control-Allow-Methods")).contains("GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS");
        assertThat(answer.field("Allow")).contains("POST");
    }
}
