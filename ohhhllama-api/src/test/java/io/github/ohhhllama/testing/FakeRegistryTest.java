package io.github.ohhhllama.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Layer;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.RegistryAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

final class FakeRegistryTest {

    private static final ModelName LLAMA = ModelName.parse("llama3");

    private final FakeModel model = FakeModel.of("llama3", 100, 20);
    private final FakeRegistry registry = new FakeRegistry();

    @Test
    void agreesWithFakeOllamaAboutDigestsAndSizes() throws Exception {
        registry.offer(model);
        try (FakeOllama ollama = FakeOllama.start().install(model)) {
            RegistryAnswer.Found found = (RegistryAnswer.Found) registry.manifest(LLAMA, false);
            String tags = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(ollama.uri() + "/api/tags"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();

            assertThat(tags).contains('"' + found.manifest().digest() + '"');
            assertThat(found.manifest().layers()).extracting(Layer::size).containsExactly(100L, 20L);
        }
    }

    @Test
    void aNewVersionHasOtherDigests() {
        registry.offer(model);
        RegistryAnswer before = registry.manifest(LLAMA, false);

        assertThat(registry.offer(model.updated()).manifest(LLAMA, false)).isNotEqualTo(before);
    }

    @Test
    void refusesWhatNobodyOffered() {
        assertThat(registry.manifest(LLAMA, false))
                .isEqualTo(new RegistryAnswer.Refused(
                        PullFailure.UNKNOWN_MODEL, "pull model manifest: file does not exist"));
    }

    @Test
    void saysWhatItIsTold() {
        RegistryAnswer down = new RegistryAnswer.Unreachable("down");
        RegistryAnswer gated = new RegistryAnswer.Refused(PullFailure.REFUSED, "pull model manifest: 403: gated");
        registry.otherwise(down).answer("LLAMA3:latest", gated);

        assertThat(registry.manifest(LLAMA, false)).isEqualTo(gated);
        assertThat(registry.manifest(ModelName.parse("mistral"), true)).isEqualTo(down);
        assertThat(registry.questions()).extracting(ModelName::model).containsExactly("llama3", "mistral");
    }
}
