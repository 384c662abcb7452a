package io.github.ohhhllama.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.ohhhllama.QueueEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.management.ModelManagementOptions;
import org.springframework.ai.ollama.management.OllamaModelManager;
import org.springframework.ai.ollama.management.PullModelStrategy;
import org.springframework.web.reactive.function.client.WebClient;

/** Uses Spring AI, which pulls when the application starts if it is told to. */
final class SpringAiTest {

    @TempDir
    private Path directory;

    private ProxiedOllama here;

    @BeforeEach
    void start() throws Exception {
        here = new ProxiedOllama(directory);
    }

    @AfterEach
    void stop() {
        here.close();
    }

    @Test
    void streamsAChatAsItDoesDirectly() {
        assertThat(stream(here.proxied())).isEqualTo(stream(here.direct())).containsAll(ProxiedOllama.TOKENS);
    }

    /** It passes over error lines, as it would over those of Ollama; that is why waiting is better here. */
    @ParameterizedTest
    @EnumSource(names = {"WHEN_MISSING", "ALWAYS"})
    void goesOnWithoutAModelThatIsQueued(PullModelStrategy strategy) {
        OllamaModelManager manager = manager(WebClient.builder());

        assertThatCode(() -> manager.pullModel(ProxiedOllama.ABSENT, strategy)).doesNotThrowAnyException();

        assertThat(here.queue()).extracting(entry -> entry.model().toString()).containsExactly(ProxiedOllama.ABSENT);
        assertThat(here.ollama().pulls()).isEmpty();
        assertThat(manager.isModelAvailable(ProxiedOllama.ABSENT)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"WHEN_MISSING", "ALWAYS"})
    void waitsForTheModelWhenItSaysSo(PullModelStrategy strategy) {
        OllamaModelManager manager = manager(WebClient.builder().defaultHeader("Prefer", "wait"));

        CompletableFuture<Void> pull =
                CompletableFuture.runAsync(() -> manager.pullModel(ProxiedOllama.ABSENT, strategy));
        here.fetchWhatIsQueued();

        assertThat(pull).succeedsWithin(Duration.ofSeconds(30));
        assertThat(manager.isModelAvailable(ProxiedOllama.ABSENT)).isTrue();
    }

    @Test
    void asksForNothingWhenTheModelIsHere() {
        manager(WebClient.builder()).pullModel(ProxiedOllama.INSTALLED, PullModelStrategy.WHEN_MISSING);

        assertThat(here.queue()).isEmpty();
    }

    @Test
    void hasTheNewestVersionLookedForByNightWhenTheModelIsHere() {
        manager(WebClient.builder()).pullModel(ProxiedOllama.INSTALLED, PullModelStrategy.ALWAYS);

        assertThat(here.queue())
                .singleElement()
                .extracting(QueueEntry::request)
                .matches(request -> request.refresh(), "is a refresh");
        assertThat(here.ollama().pulls()).isEmpty();
    }

    private OllamaModelManager manager(WebClient.Builder client) {
        OllamaApi api = OllamaApi.builder()
                .baseUrl(here.proxied())
                .webClientBuilder(client)
                .build();
        return new OllamaModelManager(api, ModelManagementOptions.defaults());
    }

    private static List<String> stream(String url) {
        OllamaChatModel model = OllamaChatModel.builder()
                .ollamaApi(OllamaApi.builder().baseUrl(url).build())
                .options(OllamaChatOptions.builder()
                        .model(ProxiedOllama.INSTALLED)
                        .build())
                .build();
        return model.stream("Say something.").collectList().blockOptional().orElseThrow();
    }
}
