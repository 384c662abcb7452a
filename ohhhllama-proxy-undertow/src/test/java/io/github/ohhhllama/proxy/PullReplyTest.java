package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.proxy.Call.Answer;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.Pacing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks for models as the different clients do, and reads what each of them is told. */
final class PullReplyTest {

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
    void tellsAnOllamaClientInAnErrorLineThatTheModelIsQueued() throws IOException {
        Answer answer = fixture.pull(ProxyFixture.CLI, "{\"model\":\"llama3:70b\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Content-Type")).contains("application/x-ndjson");
        assertThat(answer.body().lines())
                .containsExactly(
                        "{\"status\":\"pulling manifest\"}",
                        "{\"error\":\"llama3:70b is queued for off-peak download: position 1,"
                                + " starts 2026-11-24 03:00 CET. It is not here yet.\"}");
        assertThat(fixture.ollama().pulls()).isEmpty();
    }

    @Test
    void tellsOneWhoComesWhileTheQueueRunsThatItDoes() throws IOException {
        fixture.ollama().pace(Pacing.stepped(1000));
        fixture.pull(ProxyFixture.CLI, "{\"model\":\"mistral\"}");
        fixture.queue().process();
        await().until(() -> fixture.entry("mistral").state() == EntryState.DOWNLOADING);

        assertThat(fixture.pull(ProxyFixture.CLI, "{\"model\":\"llama3:70b\"}").body())
                .contains("position 2, the queue runs since 2026-11-23 13:00 CET. It is not here yet.");
        assertThat(fixture.pull(ProxyFixture.CLI, "{\"model\":\"llama3:70b\",\"stream\":false}")
                        .field("Retry-After"))
                .contains("60");
    }

    @Test
    void tellsOneWhoWantsOneObjectInOneThatTheModelIsHere() throws IOException {
        fixture.ollama().install(FakeModel.of("mistral", 1000));

        Answer answer = fixture.call("POST", "/api/pull")
                .as(ProxyFixture.CLI)
                .with("Prefer", "respond-async")
                .body("{\"model\":\"mistral\"}")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"success\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ollama-python/0.6.2 (x86_64 linux) Python/3.11.7",
                "ollama-js/0.6.3 (x64 linux Node.js/v20.20.2)",
                "Python/3.11 aiohttp/3.11.11",
                "Java-http-client/17.0.15",
                "ReactorNetty/1.2.3"
            })
    void tellsAnOllamaClientThatDoesNotStreamWith503(String agent) throws IOException {
        Answer answer = fixture.pull(agent, "{\"model\":\"llama3:70b\",\"stream\":false}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.field("Retry-After")).contains(Long.toString(14 * 3600));
        assertThat(answer.body()).startsWith("{\"error\":\"llama3:70b is queued");
    }

    @Test
    void tellsEverybodyElseWithOneObject() throws IOException {
        Answer answer = fixture.pull(ProxyFixture.CURL, "{\"model\":\"llama3:70b\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"queued\",\"message\":\"Model llama3:70b added to download queue\","
                        + "\"queue_id\":1,\"position\":1,\"starts_at\":\"2026-11-24T02:00:00Z\","
                        + "\"rate_limit\":{\"limit\":5,\"remaining\":4}}");
    }

    @Test
    void knowsAllSpellingsOfAModelThatIsQueued() throws IOException {
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"mistral\"}");

        for (String spelling :
                List.of("mistral:latest", "MISTRAL", "library/mistral", "https://registry.ollama.ai/library/mistral")) {
            assertThat(fixture.pull(ProxyFixture.CURL, "{\"name\":\"" + spelling + "\"}")
                            .body())
                    .startsWith("{\"status\":\"already_queued\"")
                    .contains("\"queue_id\":1", "\"rate_limit\":{\"limit\":5,\"remaining\":4}");
        }
        assertThat(fixture.queue().snapshot(Page.FIRST).counts().pending()).isEqualTo(1);
    }

    @Test
    void asksNotForAModelThatIsBeingDownloadedAgain() throws IOException {
        fixture.ollama().pace(Pacing.stepped(1000));
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"mistral\"}");
        fixture.queue().process();
        await().until(() -> fixture.entry("mistral").state() == EntryState.DOWNLOADING);

        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"mistral:latest\"}")
                        .body())
                .contains("already_queued", "\"queue_id\":1");
    }

    @Test
    void prefersWhatTheRequestPrefers() throws IOException {
        Answer answer = fixture.call("POST", "/api/pull")
                .as(ProxyFixture.CLI)
                .with("Prefer", "respond-async")
                .body("{\"model\":\"mistral\"}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
    }
}
