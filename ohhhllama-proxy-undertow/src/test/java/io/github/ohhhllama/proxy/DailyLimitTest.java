package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.Call.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks for more models than a client may. */
final class DailyLimitTest {

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
    void limitsNewModelsADay() throws IOException {
        fixture.restart(2, ProxyFixture.OPEN_TO_NOBODY, PullReply.AUTO);
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"a\"}");
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"b\"}");

        Answer third = fixture.pull(ProxyFixture.CURL, "{\"model\":\"c\"}");
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.field("Retry-After")).contains(Long.toString(11 * 3600));
        assertThat(third.body()).contains("2026-11-24 00:00 CET");

        fixture.clock().advance(Duration.ofHours(11));
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"c\"}").status())
                .isEqualTo(202);
    }

    @Test
    void believesNobodyWhoSaysForWhomTheyAsk() throws IOException {
        fixture.restart(1, ProxyFixture.OPEN_TO_NOBODY, PullReply.AUTO);
        forwarded("203.0.113.1", "a");

        assertThat(forwarded("203.0.113.2", "b").status()).isEqualTo(429);
        assertThat(fixture.entry("a").request().requester().name()).isEqualTo("127.0.0.1");
    }

    @Test
    void believesAProxyThatIsTrusted() throws IOException {
        fixture.restart(1, new Access(List.of("127.0.0.0/8"), List.of(), List.of(), List.of()), PullReply.AUTO);
        forwarded("198.51.100.9, 203.0.113.1", "a");

        assertThat(forwarded("203.0.113.2", "b").status()).isEqualTo(202);
        assertThat(forwarded("6.6.6.6, 203.0.113.1", "c").status()).isEqualTo(429);
        assertThat(fixture.entry("a").request().requester().name()).isEqualTo("203.0.113.1");
    }

    private Answer forwarded(String chain, String model) throws IOException {
        return fixture.call("POST", "/api/pull")
                .with("X-Forwarded-For", chain)
                .body("{\"model\":\"" + model + "\"}")
                .send();
    }
}
