package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.proxy.Call.Answer;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.Pacing;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Makes models from others: what Ollama would download for it is queued, however that comes about. */
final class CreateHandlerTest {

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
    void queuesTheBaseOfACreateThatWouldDownloadIt() throws IOException {
        Answer answer = fixture.call("POST", "/api/create")
                .as(ProxyFixture.CURL)
                .body("{\"model\":\"mine\",\"from\":\"mistral\"}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("Model mistral added");
        assertThat(fixture.ollama().pulls()).isEmpty();
        assertThat(fixture.ollama().installed()).doesNotContain("mine:latest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'from':'mistral'}                                       | invalid model name",
                "{'model':'!!','from':'mistral'}                          | invalid model name",
                "{'model':' m','from':'mistral'}                          | invalid model name",
                "{'model':'m:y:local','from':'mistral'}                   | invalid model name",
                "{'model':'m','from':'mistral:cloud:local'}               | invalid model name",
                "{'model':'m','from':'x:','files':{'./a':'x'}}            | file path must be relative",
                "{'model':'m','from':'mistral','files':{'a':''}}          | invalid digest format",
                "{'model':'m','from':'mistral','files':{'/a':'sha256:0'}} | file path must be relative",
                "{'model':'m','from':'mistral','draft_quantize':'q4_0'}   | --draft-quantize requires a DRAFT model"
            })
    void queuesNothingForACreateThatOllamaWouldRefuse(String body, String error) throws IOException {
        Answer answer = fixture.call("POST", "/api/create")
                .body(body.replace('\'', '"'))
                .send();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}");
        assertThat(fixture.queue().snapshot(Page.FIRST).counts().pending()).isZero();
    }

    @Test
    void keepsNoPlaceForALargeCreateThatOnlyWaits() throws IOException {
        String large = "{\"model\":\"mine\",\"from\":\"mistral\",\"system\":\"" + "x".repeat(1 << 20) + "\"}";
        try (Socket promised = fixture.call("POST", "/api/create")
                        .with("Content-Length", "2000000")
                        .open();
                Socket held = fixture.call("POST", "/api/create")
                        .with("Prefer", "wait")
                        .body(large)
                        .open()) {
            Call.readTo(held.getInputStream(), "pulling manifest");
            assertThat(promised.getInputStream().available()).isZero();
            await().until(() ->
                    fixture.call("POST", "/api/create").body(large).send().status() == 202);
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Length, 2000000", "Transfer-Encoding, chunked"})
    void readsOneLargeCreateAtATime(String framing, String value) throws IOException {
        String large = "{\"model\":\"mine\",\"from\":\"mistral\",\"system\":\"" + "x".repeat(1 << 20) + "\"}";
        Call endless = fixture.call("POST", "/api/create")
                .with("Content-Length", "2000000")
                .body("x".repeat(1_500_000));
        List<Socket> first = new ArrayList<>(List.of(endless.open()));
        await().until(() -> {
            if (fixture.call("POST", "/api/create").body(large).send().status() == 503) {
                return true;
            }
            if (first.get(0).getInputStream().available() > 0) {
                // The other one had come before it.
                first.get(0).close();
                first.set(0, endless.open());
            }
            return false;
        });

        Call second = fixture.call("POST", "/api/create").with(framing, value);
        Answer refused = (value.equals("chunked")
                        ? second.body(Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n")
                        : second.body(large))
                .send();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("send this one again");
        assertThat(fixture.call("POST", "/api/create")
                        .body("{\"model\":\"mine\",\"from\":\"llama3:8b\"}")
                        .send()
                        .status())
                .isEqualTo(200);
        first.get(0).close();
        await().until(() ->
                fixture.call("POST", "/api/create").body(large).send().status() == 202);
    }

    @ParameterizedTest
    @CsvSource({"0.5.4, 1", "0.33.0, 0"})
    void queuesTheBaseInAModelfileForAnOllamaThatWouldReadIt(String version, int queued) throws IOException {
        fixture.ollama().version(version);
        fixture.call("POST", "/api/create")
                .body("{\"name\":\"mine\",\"modelfile\":\"FROM mistral\"}")
                .send();

        assertThat(fixture.queue().snapshot(Page.FIRST).counts().pending()).isEqualTo(queued);
        assertThat(fixture.ollama().requests())
                .filteredOn(request -> request.method().equals("POST"))
                .hasSize(1 - queued);
    }

    /** The list hides the default host and namespace in any case, while Ollama looks both up as they are written. */
    @ParameterizedTest
    @CsvSource({"LIBRARY/llama3:8b, LIBRARY/llama3:8b", "LIBRARY/LLAMA3:8b, llama3:8b"})
    void handsOnABaseAsItWasSentIfNothingElseIsKnown(String sent, String handedOn) throws IOException {
        fixture.call("POST", "/api/create")
                .body("{\"model\":\"mine\",\"from\":\"" + sent + "\"}")
                .send();

        assertThat(fixture.ollama().requests())
                .anySatisfy(request ->
                        assertThat(request.text()).isEqualTo("{\"model\":\"mine\",\"from\":\"" + handedOn + "\"}"));
    }

    /** As when somebody removes it in this moment, or has it under another case of the default namespace. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",\"stream\":true", ",\"STREAM\":true,\"Stream\":false"})
    void cutsOffACreateThatDownloadsABaseThatWasCalledHere(String more) throws IOException {
        fixture.ollama().pace(Pacing.stepped(1000)).answer("/api/tags", tags("mistral:latest"));

        Answer answer = fixture.call("POST", "/api/create")
                .as(ProxyFixture.CURL)
                .body("{\"model\":\"mine\",\"from\":\"mistral\"" + more + "}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("Model mistral added");
        await().until(() -> fixture.ollama().pullsRunning() == 0);
        assertThat(fixture.ollama().downloaded("mistral")).isLessThan(1_000_000);
        assertThat(fixture.entry("mistral").request().refresh()).isFalse();
    }

    @Test
    void tellsACliWhoseCreateIsCutOffThatItsBaseIsQueued() throws IOException {
        fixture.ollama().pace(Pacing.stepped(1000)).answer("/api/tags", tags("mistral:latest"));

        Answer answer = fixture.call("POST", "/api/create")
                .as(ProxyFixture.CLI)
                .body("{\"model\":\"mine\",\"from\":\"mistral\"}")
                .send();

        assertThat(answer.body().lines().toList()).hasSize(2).first().isEqualTo("{\"status\":\"pulling manifest\"}");
        assertThat(answer.body()).contains("{\"error\":\"mistral is queued for off-peak download: position 1");
    }

    /** An Ollama that knows neither remote hosts nor {@code from} would download what it finds instead. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0.11.0 | {\"model\":\"a\",\"from\":\"mistral\",\"remote_host\":\"x\"}                        | mistral | 202",
                "0.5.4  | {\"name\":\"a\",\"modelfile\":\"FROM mistral\",\"remote_host\":\"x\",\"from\":\"llama3:8b\"} | ``   | 409",
                "0.5.4  | {\"name\":\"a\",\"path\":\"/tmp/Modelfile\"}                                      | ``      | 409",
                "0.5.4  | {\"name\":\"a\",\"path\":\"/tmp/Modelfile\",\"stream\":false}                   | ``      | 409",
            })
    void cutsOffWhateverElseDownloads(String version, String body, String queued, int status) throws IOException {
        String pulling = "{\"status\":\"pulling manifest\"}\n{\"status\":\"pulling 0\",\"digest\":\"0\",\"total\":9}\n";
        fixture.ollama()
                .version(version)
                .answer(
                        "/api/create",
                        io.github.ohhhllama.testing.Answer.chunks(pulling.getBytes(StandardCharsets.UTF_8)));

        Answer answer = fixture.call("POST", "/api/create").body(body).send();

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("success");
        assertThat(fixture.queue().snapshot(Page.FIRST).counts().pending()).isEqualTo(queued.isEmpty() ? 0 : 1);
        if (!queued.isEmpty()) {
            assertThat(fixture.entry(queued).state()).isEqualTo(EntryState.PENDING);
        }
    }

    @Test
    void changesTheSpellingOfNoBaseButFrom() throws IOException {
        fixture.ollama().version("0.5.4").install(FakeModel.of("mistral", 1000));

        fixture.call("POST", "/api/create")
                .body("{\"name\":\"a\",\"modelfile\":\"FROM MISTRAL\",\"from\":\"llama3:8b\"}")
                .send();

        assertThat(fixture.ollama().requests())
                .anySatisfy(request -> assertThat(request.text())
                        .isEqualTo("{\"name\":\"a\",\"modelfile\":\"FROM MISTRAL\",\"from\":\"llama3:8b\"}"));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1/x/y:cloud, 403", "gpt-oss:20b-cloud, 200"})
    void refusesCloudModelsInsideTheHouseToACreateAsWell(String from, int status) throws IOException {
        Answer answer = fixture.call("POST", "/api/create")
                .body("{\"model\":\"a\",\"from\":\"" + from + "\"}")
                .send();

        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void forbidsTheDownloadOfABaseFromARegistryInsideTheHouse() throws IOException {
        fixture.ollama()
                .offer(FakeModel.of("10.0.0.7/a/b", 1000))
                .pace(Pacing.stepped(100))
                .answer("/api/tags", tags("10.0.0.7/a/b:latest"));

        Answer answer = fixture.call("POST", "/api/create")
                .body("{\"model\":\"mine\",\"from\":\"10.0.0.7/a/b\"}")
                .send();

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void answersACreateWithOneObjectIfThatIsWanted() throws IOException {
        Answer answer = fixture.call("POST", "/api/create")
                .body("{\"model\":\"mine\",\"from\":\"llama3:8b\",\"stream\":false}")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"success\"}");
        assertThat(fixture.ollama().installed()).contains("mine:latest");
    }

    @Test
    void handsOnTheFailureOfACreateToOneWhoWantsOneObject() throws IOException {
        fixture.ollama()
                .answer("/api/create", io.github.ohhhllama.testing.Answer.error(400, "neither"))
                .answer(
                        "/api/create",
                        io.github.ohhhllama.testing.Answer.chunks(
                                "{\"status\":\"converting adapter\"}\n{\"error\":\"no".getBytes(StandardCharsets.UTF_8),
                                "ne\"}\n".getBytes(StandardCharsets.UTF_8)));
        Call create = fixture.call("POST", "/api/create")
                .body("{\"model\":\"mine\",\"from\":\"llama3:8b\",\"stream\":false}");

        assertThat(create.send().status()).isEqualTo(400);
        Answer second = create.send();
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.body()).isEqualTo("{\"error\":\"none\"}");
    }

    @Test
    void handsOnACreateFromAModelThatIsHereInTheSpellingThatIsStored() throws IOException {
        Answer answer = fixture.call("POST", "/api/create")
                .as(ProxyFixture.CURL)
                .body("{\"model\":\"mine\",\"FROM\":\"mistral\",\"from\":\"LLAMA3:8B\"}trailing")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("success");
        assertThat(fixture.ollama().pulls()).isEmpty();
        assertThat(fixture.ollama().requests())
                .anySatisfy(
                        request -> assertThat(request.text()).isEqualTo("{\"model\":\"mine\",\"from\":\"llama3:8b\"}"));
    }

    /** Returns what Ollama says when it has one model, whether it has or not. */
    private static io.github.ohhhllama.testing.Answer tags(String name) {
        return io.github.ohhhllama.testing.Answer.of(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"models\":[{\"name\":\"" + name + "\",\"modified_at\":\"2026-01-01T00:00:00Z\",\"size\":1000,"
                        + "\"digest\":\"" + "0".repeat(64) + "\"}]}");
    }
}
