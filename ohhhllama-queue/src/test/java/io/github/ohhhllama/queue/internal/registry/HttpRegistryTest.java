package io.github.ohhhllama.queue.internal.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Layer;
import io.github.ohhhllama.Manifest;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.RegistryAnswer;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What registries answer, and what becomes of it. */
final class HttpRegistryTest {

    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);

    private final MockWebServer server = new MockWebServer();
    private final HttpRegistry registry = new HttpRegistry(
            RegistryLimits.DEFAULT, Map.of(), () -> "ollama/0.33.0", SettableClock.at("2026-03-28T21:00:00Z"));

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private String host() {
        return "127.0.0.1:" + server.getPort();
    }

    private String url(String path) {
        return "http://" + host() + path;
    }

    private RegistryAnswer ask() {
        return registry.manifest(ModelName.parse(host() + "/some/model:8b"), true);
    }

    private RegistryAnswer ask(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
        return ask();
    }

    private RegistryAnswer refused(int status, String type, String body) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", type)
                .body(body)
                .build());
        return ask();
    }

    private void challenge(String value) {
        server.enqueue(new MockResponse.Builder()
                .code(401)
                .addHeader("WWW-Authenticate", value)
                .body("{}")
                .build());
    }

    @Test
    void asksAsOllamaDoes() throws Exception {
        FakeModel model = FakeModel.of("model", 5);
        assertThat(ask(model.manifestJson())).isEqualTo(new RegistryAnswer.Found(model.manifest()));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("GET /v2/some/model/manifests/8b HTTP/1.1");
        assertThat(request.getHeaders().get("Accept"))
                .isEqualTo("application/vnd.docker.distribution.manifest.v2+json");
        assertThat(request.getHeaders().get("User-Agent")).isEqualTo("ollama/0.33.0");
        assertThat(request.getHeaders().names())
                .containsOnly("Accept", "Accept-Encoding", "Connection", "Host", "User-Agent");
    }

    /** Sums of them would turn negative, and everything would fit. */
    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "1125899906842624"})
    void believesNoSizesThatNoModelHas(String size) {
        String layers =
                "{\"layers\":[{\"digest\":\"" + A + "\",\"size\":" + size + "},{\"digest\":\"" + B + "\",\"size\":1}]}";

        assertThat(ask(layers))
                .isInstanceOfSatisfying(
                        RegistryAnswer.Unreachable.class,
                        answer -> assertThat(answer.toString()).contains("more than 1125899906842624 bytes"));
    }

    @ParameterizedTest
    @CsvSource({
        "llama3, false, https://registry.ollama.ai/v2/library/llama3/manifests/latest",
        "Registry.Ollama.AI/Library/LLaMA3:8B, false, https://registry.ollama.ai/v2/library/LLaMA3/manifests/8B",
        "http://hf.co/Some/Model-GGUF:Q4_K_M, false, https://hf.co/v2/Some/Model-GGUF/manifests/Q4_K_M",
        "hf.co/some/model, true, http://hf.co/v2/some/model/manifests/latest",
        "localhost:5000/ns/m, false, https://localhost:5000/v2/ns/m/manifests/latest",
        "gpt-oss:20b-cloud, false, https://registry.ollama.ai/v2/library/gpt-oss/manifests/20b-cloud",
        "_h/n/m, false, https://_h/v2/n/m/manifests/latest"
    })
    void knowsWhereAManifestLies(String model, boolean insecure, String url) {
        assertThat(Question.of(ModelName.parse(model), insecure).orElseThrow().url())
                .hasToString(url);
    }

    @Test
    void aHostThatIsNoneCannotBeAsked() {
        assertThat(registry.manifest(ModelName.parse("a:1:2/n/m"), false))
                .isEqualTo(new RegistryAnswer.Unreachable("\"a:1:2\" is no host that can be asked"));
    }

    @Test
    void readsLayersAndConfigurationEachDigestOnce() {
        RegistryAnswer answer = ask("{\"schemaVersion\":2,\"extra\":[1],\"config\":{\"digest\":\"" + A
                + "\",\"size\":7},\"layers\":[{\"mediaType\":\"m\",\"size\":9000000000,\"digest\":\"" + B
                + "\"},{\"digest\":\"" + B + "\",\"size\":1}]}");

        assertThat(((RegistryAnswer.Found) answer).manifest().layers())
                .containsExactly(new Layer(B, 9_000_000_000L), new Layer(A, 7));
    }

    @Test
    void theDigestIsThatOfTheBytesAsTheyCame() throws Exception {
        String body = "{ \"layers\" : [ {\"digest\":\"" + A + "\",\"size\":1} ],\n\"schemaVersion\":2 }\n";
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
        RegistryAnswer.Found expected = new RegistryAnswer.Found(new Manifest(digest, List.of(new Layer(A, 1))));
        Buffer zipped = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(zipped))) {
            sink.writeUtf8(body);
        }
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(zipped)
                .build());

        assertThat(ask()).isEqualTo(expected);
    }

    @Test
    void anUnknownModelIsRefusedInOllamasWords() {
        assertThat(refused(404, "application/json", "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}"))
                .isEqualTo(new RegistryAnswer.Refused(
                        PullFailure.UNKNOWN_MODEL, "pull model manifest: file does not exist"));
    }

    /** The bodies are those that people reported to Ollama and Hugging Face. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | UNSUPPORTED   | {\"error\":\"The specified tag is a sharded GGUF. Ollama does not support this yet.\"}",
                "400 | UNSUPPORTED   | {\"error\":\"This repository only contains sharded GGUF files.\"}",
                "400 | UNSUPPORTED   | Repository is not GGUF or is not compatible with llama.cpp",
                "400 | UNKNOWN_MODEL | {\"error\":\"The specified tag is not available in the repository.\"}",
                "400 | REFUSED       | {\"error\":\"Invalid repository name\"}",
                "403 | REFUSED       | {\"error\":\"Access to model x/y is restricted and you are not in the authorized list.\"}",
                "412 | UNSUPPORTED   | The model you are attempting to pull requires a newer version of Ollama."
            })
    void refusalsAreToldInOllamasWords(int status, PullFailure failure, String body) {
        assertThat(refused(status, "application/json; charset=utf-8", body))
                .isEqualTo(new RegistryAnswer.Refused(failure, "pull model manifest: " + status + ": " + body));
    }

    @Test
    void aWebPageIsNoWordOfARegistry() {
        assertThat(refused(403, "text/html; charset=UTF-8", "<html>Blocked</html>"))
                .isEqualTo(new RegistryAnswer.Unreachable(host() + " answered 403 with a web page"));
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 429, 500, 502, 503, 504})
    void troubleOfTheRegistryTellsNothingAboutTheModel(int status) {
        assertThat(refused(status, "application/json", "{}"))
                .isEqualTo(new RegistryAnswer.Unreachable(host() + " answered " + status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "",
                "null",
                "[]",
                "{\"layers\":7}",
                "{\"layers\":[]} x",
                "{\"layers\":[{\"digest\":\"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}]}"
            })
    void whatIsNoManifestTellsNothing(String body) {
        assertThat(ask(body)).isInstanceOf(RegistryAnswer.Unreachable.class);
    }

    @Test
    void anEndlessAnswerTellsNothing() {
        assertThat(ask("{\"layers\":[]," + " ".repeat(4 << 20) + '}'))
                .isEqualTo(new RegistryAnswer.Unreachable(host() + " answered with more than 4194304 bytes"));
    }

    @Test
    void aListOfManifestsIsNoModel() {
        String index = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                + "{\"digest\":\"" + A + "\",\"size\":3}]}";

        assertThat(ask(index))
                .isEqualTo(new RegistryAnswer.Refused(
                        PullFailure.UNSUPPORTED,
                        host() + " lists no layers for this name, so it is no model"
                                + " (media type application/vnd.oci.image.index.v1+json)"));
    }

    @Test
    void aDigestThatOllamaDoesNotTakeIsRefused() {
        assertThat(ask("{\"layers\":[{\"digest\":\"sha512:00\",\"size\":3}]}"))
                .isEqualTo(new RegistryAnswer.Refused(PullFailure.UNSUPPORTED, "invalid digest format"));
    }

    @Test
    void followsRedirects() throws Exception {
        FakeModel model = FakeModel.of("model", 5);
        server.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", url("/elsewhere"))
                .build());

        assertThat(ask(model.manifestJson())).isEqualTo(new RegistryAnswer.Found(model.manifest()));
        server.takeRequest();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/elsewhere");
    }

    @Test
    void takesATokenThatIsThereForAnybody() throws Exception {
        FakeModel model = FakeModel.of("model", 5);
        challenge("Bearer realm=\"" + url("/token?a=b") + "\",service=\"r\",scope=\"repository:some/model:pull x\"");
        server.enqueue(new MockResponse.Builder().body("{\"token\":\"t0\"}").build());

        assertThat(ask(model.manifestJson())).isEqualTo(new RegistryAnswer.Found(model.manifest()));
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isNull();
        RecordedRequest token = server.takeRequest();
        assertThat(token.getTarget()).isEqualTo("/token?a=b&service=r&scope=repository%3Asome%2Fmodel%3Apull&scope=x");
        assertThat(token.getHeaders().get("Authorization")).isNull();
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer t0");
    }

    @Test
    void leavesALoginToOllama() {
        RegistryAnswer expected = new RegistryAnswer.Unreachable(host() + " asks for a login that only Ollama has");
        challenge("Bearer realm=\"" + url("/token") + "\"");
        server.enqueue(new MockResponse.Builder()
                .code(401)
                .body("{\"error\":\"Invalid username or password.\"}")
                .build());
        assertThat(ask()).isEqualTo(expected);

        challenge("Bearer realm=\"" + url("/token") + "\"");
        server.enqueue(new MockResponse.Builder().body("{\"token\":\"t\"}").build());
        challenge("Bearer realm=\"" + url("/token") + "\"");
        assertThat(ask()).isEqualTo(expected);
        assertThat(server.getRequestCount()).isEqualTo(5);
    }

    @Test
    void asksNoOtherHostForAToken() {
        challenge("Bearer realm=\"http://localhost:" + server.getPort() + "/token\"");

        assertThat(ask()).isInstanceOf(RegistryAnswer.Unreachable.class);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer realm=\"Authentication required\", charset=\"UTF-8\"", "Basic realm=\"r\"", "Bearer"})
    void aLoginThatOllamaCannotDoEitherIsRefusedInItsWords(String value) {
        challenge(value);

        assertThat(ask())
                .isEqualTo(new RegistryAnswer.Refused(
                        PullFailure.REFUSED,
                        "pull model manifest: realm host \"\" does not match original host \"" + host() + '"'));
    }
}
