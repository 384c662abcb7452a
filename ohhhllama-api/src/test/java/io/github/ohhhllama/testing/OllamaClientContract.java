package io.github.ohhhllama.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.ModelDetails;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * States what every {@link OllamaClient} does, against {@link FakeOllama}; subclass it and hand in yours. Not
 * thread-safe, like any test.
 *
 * @since 0.1.0
 */
@Timeout(60)
public abstract class OllamaClientContract {

    /** How long a test waits for what must come. */
    protected static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final ModelName LLAMA = ModelName.parse("llama3");

    /** The server every test talks to. */
    protected final FakeOllama ollama = FakeOllama.start();

    /**
     * Creates a client.
     *
     * @param backend where Ollama listens
     */
    protected abstract OllamaClient client(URI backend);

    /** Frees the port. */
    @AfterEach
    protected void closeOllama() {
        ollama.close();
    }

    private PullStream pull(String model) {
        return client(ollama.uri()).pull(ModelName.parse(model), false);
    }

    /**
     * Reads a pull to its end.
     *
     * @param stream the pull
     */
    protected static List<PullProgress> readAll(PullStream stream) {
        List<PullProgress> lines = new ArrayList<>();
        for (Optional<PullProgress> line = stream.next(PATIENCE); line.isPresent(); line = stream.next(PATIENCE)) {
            lines.add(line.get());
        }
        return lines;
    }

    private static OllamaException failure(PullStream stream) {
        try (stream) {
            return catchThrowableOfType(OllamaException.class, () -> readAll(stream));
        }
    }

    @Test
    void asksForTheVersion() {
        assertThat(client(ollama.version("0.34.1").uri()).version()).isEqualTo("0.34.1");
    }

    @Test
    void listsModelsNewestFirst() {
        FakeModel older = FakeModel.of("llama3", 1000, 20);
        FakeModel newer = FakeModel.of("hf.co/some/model:Q4", 40_000_000_000L);
        ollama.install(older).install(newer);

        assertThat(client(ollama.uri()).installedModels())
                .containsExactly(
                        new InstalledModel(newer.name(), newer.digest(), 40_000_000_000L),
                        new InstalledModel(older.name(), older.digest(), 1020));
    }

    @Test
    void listsNothingWhereNothingIs() {
        assertThat(client(ollama.uri()).installedModels()).isEmpty();
    }

    @Test
    void hasTheLayersOfAnInstalledModelOnly() {
        FakeModel here = FakeModel.of("llama3", 1000, 0);
        FakeModel there = FakeModel.of("mistral", 1000);
        OllamaClient client = client(ollama.install(here).offer(there).uri());

        assertThat(here.manifest().layers()).hasSize(2).allMatch(layer -> client.hasBlob(layer.digest()));
        assertThat(there.manifest().layers()).hasSize(1).noneMatch(layer -> client.hasBlob(layer.digest()));
    }

    @Test
    void doesNotHaveALayerThatIsHereInPart() {
        FakeModel model = FakeModel.of("llama3", 100, 50);
        ollama.offer(model).fault("llama3", Fault.failAfter(120, "max retries exceeded: EOF"));
        assertThat(failure(pull("llama3"))).isNotNull();

        assertThat(model.manifest().layers())
                .map(layer -> client(ollama.uri()).hasBlob(layer.digest()))
                .containsExactly(true, false);
    }

    @Test
    void throwsWhenALayerCannotBeAskedFor() {
        String layer = "sha256:" + "0".repeat(64);
        OllamaClient client = client(ollama.uri());
        ollama.answer("/api/blobs/" + layer, Answer.error(500, "out of order"));

        assertThat(catchThrowableOfType(OllamaException.class, () -> client.hasBlob(layer))
                        .failure())
                .isEqualTo(PullFailure.NETWORK);
        assertThat(catchThrowableOfType(OllamaException.class, () -> client.hasBlob("sha256:00"))
                        .failure())
                .isEqualTo(PullFailure.REFUSED);
        ollama.close();
        assertThat(catchThrowableOfType(OllamaException.class, () -> client.hasBlob(layer))
                        .failure())
                .isEqualTo(PullFailure.NETWORK);
    }

    @Test
    void showsAModelInAnySpelling() {
        ollama.install(FakeModel.of("llama3:8b", 100));

        assertThat(client(ollama.uri()).show(ModelName.parse("LLAMA3:8B")))
                .contains(new ModelDetails("gguf", "llama", "8.0B", "Q4_0", List.of("completion")));
    }

    @Test
    void showsWhatAnOlderOllamaKnows() {
        ollama.answer("/api/show", Answer.of(200, Map.of(), "{\"license\":\"MIT\"}"));

        assertThat(client(ollama.uri()).show(LLAMA)).contains(new ModelDetails("", "", "", "", List.of()));
    }

    @Test
    void deletesAModelOnce() {
        ollama.install(FakeModel.of("llama3:8b", 100)).install(FakeModel.of("llama3:70b", 100));
        OllamaClient client = client(ollama.uri());

        assertThat(client.delete(ModelName.parse("Llama3:8b"))).isTrue();
        assertThat(client.delete(ModelName.parse("llama3:8b"))).isFalse();
        assertThat(ollama.installed()).containsExactly("llama3:70b");
    }

    @Test
    void aModelThatIsNotHereIsNoTrouble() {
        OllamaClient client = client(ollama.uri());

        assertThat(client.show(LLAMA)).isEmpty();
        assertThat(client.delete(LLAMA)).isFalse();
    }

    @Test
    void aServerThatKnowsNoModelsIsTrouble() {
        OllamaClient client = client(ollama.uri());
        Answer notFound = Answer.of(404, Map.of("Content-Type", "text/plain"), "404 page not found");
        ollama.answer("/api/show", notFound).answer("/api/delete", notFound);
        ollama.answer("/api/show", Answer.error(500, "out of order"))
                .answer("/api/delete", Answer.error(500, "out of order"));

        for (int i = 0; i < 2; i++) {
            assertThat(catchThrowableOfType(OllamaException.class, () -> client.show(LLAMA)))
                    .isNotNull();
            assertThat(catchThrowableOfType(OllamaException.class, () -> client.delete(LLAMA)))
                    .isNotNull();
        }
    }

    @Test
    void pullsToTheEnd() {
        ollama.offer(FakeModel.of("llama3", 100, 7)).pace(Pacing.pieces(40));
        try (PullStream stream = pull("llama3")) {
            List<PullProgress> lines = readAll(stream);

            assertThat(lines.get(0)).isEqualTo(PullProgress.of("pulling manifest"));
            assertThat(lines).extracting(PullProgress::completed).containsSubsequence(0L, 40L, 80L, 100L, 0L, 7L);
            assertThat(lines.get(1).total()).isEqualTo(100);
            assertThat(lines.get(1).digest()).matches("sha256:[0-9a-f]{64}");
            assertThat(lines.get(lines.size() - 1).isSuccess()).isTrue();
            assertThat(stream.next(PATIENCE)).isEmpty();
        }
        assertThat(ollama.installed()).containsExactly("llama3:latest");
    }

    @Test
    void sendsNothingOfAPullThatNobodyReads() {
        client(ollama.uri()).pull(LLAMA, false).close();

        client(ollama.uri()).version();
        assertThat(ollama.requests()).hasToString("[GET /api/version]");
    }

    private static void begin(PullStream pull) {
        try (pull) {
            pull.next(PATIENCE);
        }
    }

    @Test
    void sendsTheSpellingAndNothingThatWasNotAsked() throws Exception {
        begin(client(ollama.uri()).pull(ModelName.parse(" HF.co/Some/Model:Q4 "), false));
        begin(client(ollama.uri()).pull(LLAMA, true));
        RecordedRequest plain = ollama.takeRequest(PATIENCE);
        RecordedRequest insecure = ollama.takeRequest(PATIENCE);

        assertThat(plain.toString()).isEqualTo("POST /api/pull");
        assertThat(Json.read(plain.text())).containsOnlyKeys("model", "stream");
        assertThat(Json.read(plain.text())).containsEntry("model", "HF.co/Some/Model:Q4");
        assertThat(Json.read(plain.text())).containsEntry("stream", true);
        assertThat(plain.header("Content-Length")).contains(String.valueOf(plain.length()));
        assertThat(plain.header("Transfer-Encoding")).isEmpty();
        assertThat(plain.header("Upgrade")).isEmpty();
        assertThat(plain.header("Host")).contains("127.0.0.1:" + ollama.port());
        assertThat(Json.read(insecure.text())).containsEntry("insecure", true);
    }

    @Test
    void throwsWhatAnErrorLineSays() {
        OllamaException unknown = failure(pull("nowhere"));

        assertThat(unknown).hasMessage("pull model manifest: file does not exist");
        assertThat(unknown.failure()).isEqualTo(PullFailure.UNKNOWN_MODEL);
    }

    @Test
    void throwsAnErrorInTheMiddle() {
        ollama.offer(FakeModel.of("llama3", 100)).fault("llama3", Fault.failAfter(50, "max retries exceeded: EOF"));

        assertThat(failure(pull("llama3")).failure()).isEqualTo(PullFailure.NETWORK);
        assertThat(ollama.downloaded("llama3")).isEqualTo(50);
    }

    @Test
    void aStreamThatEndsTooEarlyIsNoSuccess() {
        ollama.offer(FakeModel.of("llama3", 100)).fault("llama3", Fault.truncateAfter(50));

        try (PullStream stream = pull("llama3")) {
            assertThat(readAll(stream)).noneMatch(PullProgress::isSuccess);
        }
    }

    @Test
    void aBrokenConnectionIsNoEnd() {
        ollama.offer(FakeModel.of("llama3", 100))
                .fault("llama3", Fault.cutAfter(50))
                .fault("llama3", Fault.resetAfter(70));

        assertThat(failure(pull("llama3")).failure()).isEqualTo(PullFailure.NETWORK);
        assertThat(failure(pull("llama3")).failure()).isEqualTo(PullFailure.NETWORK);
        assertThat(ollama.downloaded("llama3")).isEqualTo(70);
    }

    @Test
    void silenceIsAStall() throws Exception {
        ollama.offer(FakeModel.of("llama3", 100)).fault("llama3", Fault.hangAfter(50));
        try (PullStream stream = pull("llama3")) {
            OllamaException stalled = catchThrowableOfType(OllamaException.class, () -> {
                while (stream.next(Duration.ofMillis(300)).isPresent()) {}
            });

            assertThat(stalled.failure()).isEqualTo(PullFailure.STALLED);
        }
        assertThat(ollama.awaitPulls(0, PATIENCE)).isTrue();
    }

    @Test
    void zeroSilenceWaitsAsLongAsItTakes() throws Exception {
        ollama.offer(FakeModel.of("llama3", 100)).fault("llama3", Fault.SILENT_VERIFYING);
        try (PullStream stream = pull("llama3")) {
            PullProgress line = stream.next(PATIENCE).orElseThrow();
            while (!line.isVerifying()) {
                // A short patience for this line must not last for the one after it.
                line = stream.next(Duration.ofSeconds(2)).orElseThrow();
            }
            CompletableFuture<Optional<PullProgress>> next =
                    CompletableFuture.supplyAsync(() -> stream.next(Duration.ZERO));
            CompletableFuture.delayedExecutor(2500, TimeUnit.MILLISECONDS).execute(ollama::resume);

            assertThat(next.get(20, TimeUnit.SECONDS)).contains(PullProgress.of("writing manifest"));
        }
    }

    @Test
    void closingFromAnotherThreadEndsTheReaderAndTheDownload() throws Exception {
        ollama.offer(FakeModel.of("llama3", 100)).fault("llama3", Fault.hangAfter(50));
        PullStream stream = pull("llama3");
        CompletableFuture<OllamaException> reader = CompletableFuture.supplyAsync(() -> failure(stream));
        assertThat(ollama.awaitPulls(1, PATIENCE)).isTrue();

        stream.close();

        assertThat(reader.get(20, TimeUnit.SECONDS).failure()).isEqualTo(PullFailure.NETWORK);
        assertThat(ollama.awaitPulls(0, PATIENCE)).isTrue();
        assertThat(failure(stream)).isNotNull();
        stream.close();
    }

    @Test
    void aPullThatWasCancelledGoesOnWhereItWas() throws Exception {
        SteppedPacing pacing = Pacing.stepped(30);
        ollama.offer(FakeModel.of("llama3", 100)).pace(pacing);
        try (PullStream stream = pull("llama3")) {
            pacing.step(2);
            while (stream.next(PATIENCE).orElseThrow().completed() < 60) {}
        }
        assertThat(ollama.awaitPulls(0, PATIENCE)).isTrue();
        assertThat(ollama.downloaded("llama3")).isEqualTo(60);

        pacing.finish();
        try (PullStream stream = pull("llama3")) {
            assertThat(readAll(stream).get(1).completed()).isEqualTo(60);
        }
        assertThat(ollama.mostPullsAtOnce()).isEqualTo(1);
    }

    @Test
    void aServerThatIsNotThereIsNetworkTrouble() {
        OllamaClient client = client(ollama.uri());
        ollama.close();

        assertThat(catchThrowableOfType(OllamaException.class, client::version).failure())
                .isEqualTo(PullFailure.NETWORK);
        assertThat(catchThrowableOfType(OllamaException.class, () -> begin(client.pull(LLAMA, false)))
                        .failure())
                .isEqualTo(PullFailure.NETWORK);
    }

    @Test
    void findsAServerThatCameBack() {
        OllamaClient client = client(ollama.uri());
        client.version();
        int port = ollama.port();
        ollama.close();
        try (FakeOllama successor = FakeOllama.start(port)) {
            successor.version("0.35.0");
            assertThat(client.version()).isEqualTo("0.35.0");
            assertThat(successor.requests()).hasSize(1);
        }
    }

    @Test
    void followsNoRedirect() {
        ollama.answer("/api/pull", Answer.of(307, Map.of("Location", "/api/pull"), ""));

        assertThat(catchThrowableOfType(
                                OllamaException.class,
                                () -> begin(client(ollama.uri()).pull(LLAMA, false)))
                        .failure())
                .isEqualTo(PullFailure.NETWORK);
        assertThat(ollama.requests()).hasSize(1);
    }
}
