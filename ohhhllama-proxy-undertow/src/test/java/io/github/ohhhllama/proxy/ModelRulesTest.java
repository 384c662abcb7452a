package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.proxy.Call.Answer;
import io.github.ohhhllama.testing.FakeModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks for models that are treated in a way of their own: installed, or of a private registry. */
final class ModelRulesTest {

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
    void takesAnotherTagOfAnInstalledFamilyForAnotherModel() throws IOException {
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"llama3:70b\"}").status())
                .isEqualTo(202);
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"llama3\"}").status())
                .isEqualTo(202);
    }

    /** {@code ollama create gone:local} makes a model of that tag; to a pull it is another name of {@code gone}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"/api/pull | {\"model\":\"gone\"}", "/api/create | {\"model\":\"m\",\"from\":\"gone:local\"}"})
    void takesNoModelForHereBecauseOneOfTheTagLocalIs(String path, String body) throws IOException {
        fixture.ollama().install(new FakeModel(ModelName.stored("gone:local"), List.of(1000L), 1));

        Answer answer =
                fixture.call("POST", path).as(ProxyFixture.CURL).body(body).send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(fixture.entry("gone").state()).isEqualTo(EntryState.PENDING);
    }

    @Test
    void answersSuccessForAModelThatIsHereAndQueuesItsRefresh() throws IOException {
        Answer answer = fixture.pull(ProxyFixture.CLI, "{\"model\":\"LLAMA3:8b\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().lines())
                .containsExactly("{\"status\":\"pulling manifest\"}", "{\"status\":\"success\"}");
        assertThat(fixture.ollama().pulls()).isEmpty();
        assertThat(fixture.entry("llama3:8b").request().refresh()).isTrue();
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"mistral\"}").body())
                .contains("\"remaining\":4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:5000/a/b",
                "localhost:5000/a/b",
                "10.0.0.7/a/b",
                "169.254.169.254/a/b",
                "2130706433/a/b"
            })
    void refusesRegistriesInsideTheHouse(String name) throws IOException {
        Answer answer = fixture.pull(ProxyFixture.CURL, "{\"model\":\"" + name + "\"}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("ALLOWED_REGISTRIES");
        assertThat(fixture.queue().snapshot(Page.FIRST).counts().pending()).isZero();
    }

    @Test
    void takesARegistryThatIsAllowed() throws IOException {
        fixture.restart(5, new Access(List.of(), List.of(), List.of(), List.of("localhost:5000")), PullReply.AUTO);

        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"localhost:5000/a/b\"}")
                        .status())
                .isEqualTo(202);
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"localhost:5001/a/b\"}")
                        .status())
                .isEqualTo(403);
    }
}
