package io.github.ohhhllama.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ohhhllama.QueueEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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

/** Uses Spring AI, which pulls when the application starts if it is told to; runs with several of its versions. */
final class SpringAiTest {

    private static final String VERSION = System.getProperty("spring-ai.expected", "");
    private static final boolean LOOKS_AFTERWARDS = !VERSION.startsWith("1.") && !VERSION.equals("2.0.0");

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
    void isTheExpectedOne() {
        assertThat(OllamaApi.class.getPackage().getImplementationVersion()).isEqualTo(VERSION);
    }

    @Test
    void streamsAChatAsItDoesDirectly() {
        assertThat(stream(here.proxied())).isEqualTo(stream(here.direct())).containsAll(ProxiedOllama.TOKENS);
    }

    /** The builder of the model's options has other methods in 1.1. */
    @Test
    @Tag("spring-ai-2")
    void streamsTheAnswersOfAChatModelAsItDoesDirectly() {
        assertThat(answer(here.proxied())).isEqualTo(answer(here.direct())).containsAll(ProxiedOllama.TOKENS);
    }

    /**
     * It passes over error lines, as it would over those of Ollama; that is why waiting is better here. Since 2.0.1 it looks
     * afterwards whether the model is there.
     */
    @ParameterizedTest
    @EnumSource(names = {"WHEN_MISSING", "ALWAYS"})
    void passesOverTheReasonWhyAModelIsNotHere(PullModelStrategy strategy) {
        OllamaModelManager manager = manager(WebClient.builder());

        Throwable thrown = catchThrowable(() -> manager.pullModel(ProxiedOllama.ABSENT, strategy));

        if (LOOKS_AFTERWARDS) {
            assertThat(thrown)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Failed to pull model '" + ProxiedOllama.ABSENT + "'");
        } else {
            assertThat(thrown).isNull();
        }
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
        OllamaApi.Message question = OllamaApi.Message.builder(OllamaApi.Message.Role.USER)
                .content("Say something.")
                .build();
        OllamaApi.ChatRequest request = OllamaApi.ChatRequest.builder(ProxiedOllama.INSTALLED).stream(true)
                .messages(List.of(question))
                .build();
        return OllamaApi.builder()
                .baseUrl(url)
                .build()
                .streamingChat(request)
                .map(token -> token.message().content())
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static List<String> answer(String url) {
        OllamaChatModel model = OllamaChatModel.builder()
                .ollamaApi(OllamaApi.builder().baseUrl(url).build())
                .options(OllamaChatOptions.builder()
                        .model(ProxiedOllama.INSTALLED)
                        .build())
                .build();
        return model.stream("Say something.").collectList().blockOptional().orElseThrow();
    }
}
