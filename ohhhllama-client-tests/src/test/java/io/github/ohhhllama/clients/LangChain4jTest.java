package io.github.ohhhllama.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaModel;
import dev.langchain4j.model.ollama.OllamaModels;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses langchain4j, which has no call for a pull. */
final class LangChain4jTest {

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
        assertThat(stream(here.proxied())).isEqualTo(stream(here.direct())).isEqualTo(ProxiedOllama.TOKENS);
    }

    @Test
    void listsTheSameModels() {
        assertThat(models(here.proxied())).isEqualTo(models(here.direct())).containsExactly("phi3:latest");
    }

    @Test
    void missesAModelAsItDoesDirectlyAndQueuesNothing() {
        Throwable direct = catchThrowable(() -> chat(here.direct()));

        assertThatThrownBy(() -> chat(here.proxied()))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage(direct.getMessage());
        assertThat(here.queue()).isEmpty();
    }

    private static List<String> stream(String url) {
        List<String> tokens = new CopyOnWriteArrayList<>();
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        OllamaStreamingChatModel.builder()
                .baseUrl(url)
                .modelName(ProxiedOllama.INSTALLED)
                .build()
                .chat("Say something.", new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String token) {
                        tokens.add(token);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        end.complete(response);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        end.completeExceptionally(failure);
                    }
                });
        assertThat(end.join().aiMessage().text()).isEqualTo(String.join("", ProxiedOllama.TOKENS));
        return tokens;
    }

    private static List<String> models(String url) {
        return OllamaModels.builder().baseUrl(url).build().availableModels().content().stream()
                .map(OllamaModel::getName)
                .toList();
    }

    private static String chat(String url) {
        return OllamaChatModel.builder()
                .baseUrl(url)
                .modelName(ProxiedOllama.ABSENT)
                .maxRetries(0)
                .build()
                .chat("Say something.");
    }
}
