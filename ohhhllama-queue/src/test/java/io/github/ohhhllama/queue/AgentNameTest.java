package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.queue.internal.ollama.OkHttpOllamaClient;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.SettableClock;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AgentNameTest {

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @Test
    void namesTheOllamaItAsksFor() {
        try (FakeOllama ollama = FakeOllama.start().version("0.33.0");
                OkHttpOllamaClient client = new OkHttpOllamaClient(ollama.uri(), Duration.ofSeconds(5), clock)) {
            AgentName name = new AgentName(client, clock);

            assertThat(name.get()).isEqualTo("ollama/0.33.0 (for ohhhllama)");
            assertThat(name.get()).isEqualTo("ollama/0.33.0 (for ohhhllama)");
            assertThat(ollama.requests()).hasSize(1);
        }
    }

    @Test
    void asksAnOllamaThatIsDownOnceAMinute() {
        int port;
        try (FakeOllama gone = FakeOllama.start()) {
            port = gone.port();
        }
        try (OkHttpOllamaClient client =
                new OkHttpOllamaClient(URI.create("http://127.0.0.1:" + port), Duration.ofSeconds(5), clock)) {
            AgentName name = new AgentName(client, clock);
            assertThat(name.get()).isEqualTo("ohhhllama");

            try (FakeOllama back = FakeOllama.start(port).version("0.33.0")) {
                assertThat(name.get()).isEqualTo("ohhhllama");
                clock.advance(Duration.ofMinutes(1));
                assertThat(name.get()).isEqualTo("ollama/0.33.0 (for ohhhllama)");
                assertThat(back.requests()).hasSize(1);
            }
        }
    }
}
