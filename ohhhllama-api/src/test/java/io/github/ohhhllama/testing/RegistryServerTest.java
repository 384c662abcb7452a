package io.github.ohhhllama.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RegistryServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final RegistryServer registry = RegistryServer.start();
    private final FakeModel model = FakeModel.of(registry.host() + "/library/llama3:8b", 100_000, 20);

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void showsTheManifestOfWhatItOffers() throws Exception {
        registry.offer(model);

        assertThat(new String(get("/v2/library/llama3/manifests/8b").body(), UTF_8))
                .isEqualTo(model.manifestJson());
        assertThat(get("/v2/library/llama3/manifests/70b").statusCode()).isEqualTo(404);
        assertThat(get("/v2/").statusCode()).isEqualTo(404);
    }

    @Test
    void sendsALayerFromAnyByteOn() throws Exception {
        registry.offer(model);
        String blob = "/v2/library/llama3/blobs/" + model.layers().get(0).digest();

        byte[] whole = get(blob).body();
        byte[] rest = get(blob, "Range", "bytes=99000-").body();

        assertThat(whole).hasSize(100_000);
        assertThat(rest).isEqualTo(Arrays.copyOfRange(whole, 99_000, 100_000));
        assertThat(get(blob, "Range", "bytes=100000-").statusCode()).isEqualTo(416);
        assertThat(registry.served()).isEqualTo(101_000);
    }

    @Test
    void ollamaFetchesWhatItLacksAndNothingTwice() throws Exception {
        SteppedPacing pacing = Pacing.stepped(10_000);
        registry.offer(model).pace(pacing);
        try (FakeOllama ollama = FakeOllama.start().offer(model).fetchFrom(registry)) {
            pacing.step(3);
            Thread pull = new Thread(() -> pull(ollama));
            pull.start();
            while (ollama.downloaded(model.name().spelling()) < 30_000) {
                Thread.onSpinWait();
            }
            pull.interrupt();
            pull.join();
            assertThat(ollama.awaitPulls(0, PATIENCE)).isTrue();
            // What it sends before it notices that nobody is there would count.
            while (registry.transfers() > 0) {
                Thread.onSpinWait();
            }

            pacing.finish();
            assertThat(pull(ollama)).contains("success");
            assertThat(registry.served()).isEqualTo(model.size());
        }
    }

    private String pull(FakeOllama ollama) {
        HttpRequest request = HttpRequest.newBuilder(ollama.uri().resolve("/api/pull"))
                .POST(BodyPublishers.ofString(Json.object("model", model.name().spelling())))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException leaving) {
            return leaving.toString();
        }
    }

    private HttpResponse<byte[]> get(String path, String... fields) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + registry.host() + path));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
