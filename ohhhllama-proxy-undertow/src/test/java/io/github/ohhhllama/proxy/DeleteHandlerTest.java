package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.proxy.Call.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletes models that are here, and models that are only queued. */
final class DeleteHandlerTest {

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
    void takesADeletedModelThatIsOnlyQueuedOffTheQueue() throws IOException {
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"mistral\"}");

        Answer answer = fixture.call("DELETE", "/api/delete")
                .body("{\"name\":\"mistral\"}")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Content-Length")).contains("0");
        assertThat(fixture.queue().findActive(ModelName.parse("mistral"))).isEmpty();
    }

    @Test
    void letsNothingThatWasDeletedComeBackByNight() throws IOException {
        fixture.pull(ProxyFixture.CURL, "{\"model\":\"llama3:8b\"}");
        assertThat(fixture.entry("llama3:8b").request().refresh()).isTrue();

        assertThat(fixture.call("DELETE", "/api/delete")
                        .body("{\"model\":\"llama3:8b\"}")
                        .send()
                        .status())
                .isEqualTo(200);

        assertThat(fixture.ollama().installed()).isEmpty();
        await().until(() ->
                fixture.queue().findActive(ModelName.parse("llama3:8b")).isEmpty());
    }

    /** What Ollama is to judge reaches it as it was sent, the truncated one too. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{ \"model\" : \"llama3:8b\" } x", "{ \"model\":\"llama3:8b\",\"a\":{}", "{ \"model\" : 5}"})
    void handsOnTheBytesThatCame(String body) throws IOException {
        fixture.call("DELETE", "/api/delete").body(body).send();

        assertThat(fixture.ollama().requests())
                .filteredOn(request -> request.method().equals("DELETE"))
                .singleElement()
                .satisfies(request -> assertThat(request.text()).isEqualTo(body));
    }

    @Test
    void leavesTheDeletionOfAnUnknownModelToOllama() throws IOException {
        Answer answer = fixture.call("DELETE", "/api/delete")
                .body("{\"model\":\"nothing\"}")
                .send();

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("model 'nothing' not found");
    }
}
