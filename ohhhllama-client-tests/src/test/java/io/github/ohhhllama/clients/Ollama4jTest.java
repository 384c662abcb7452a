package io.github.ohhhllama.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.QueueEntry;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.exceptions.OllamaException;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.response.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses ollama4j. */
final class Ollama4jTest {

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
    void streamsAChatAsItDoesDirectly() throws Exception {
        assertThat(stream(here.proxied())).isEqualTo(stream(here.direct())).containsAll(ProxiedOllama.TOKENS);
    }

    @Test
    void listsTheSameModels() throws Exception {
        assertThat(models(here.proxied())).isEqualTo(models(here.direct())).containsExactly("phi3:latest");
    }

    @Test
    void showsTheReasonOfAQueuedPull() {
        assertThatThrownBy(() -> new Ollama(here.proxied()).pullModel(ProxiedOllama.ABSENT))
                .isInstanceOf(OllamaException.class)
                .hasMessageContaining("llama3 is queued for off-peak download: position 1, starts ")
                .hasMessageContaining("It is not here yet.");

        assertThat(here.queue()).extracting(entry -> entry.model().toString()).containsExactly(ProxiedOllama.ABSENT);
        assertThat(here.ollama().pulls()).isEmpty();
    }

    @Test
    void pullsAModelThatIsHereWithoutAWord() {
        assertThatCode(() -> new Ollama(here.proxied()).pullModel(ProxiedOllama.INSTALLED))
                .doesNotThrowAnyException();

        assertThat(here.queue())
                .singleElement()
                .extracting(QueueEntry::request)
                .matches(request -> request.refresh(), "is a refresh");
    }

    private static List<String> stream(String url) throws OllamaException {
        List<String> tokens = new CopyOnWriteArrayList<>();
        OllamaChatRequest request = OllamaChatRequest.builder()
                .withModel(ProxiedOllama.INSTALLED)
                .withMessage(OllamaChatMessageRole.USER, "Say something.")
                .build();
        new Ollama(url).chat(request, part -> tokens.add(part.getMessage().getResponse()));
        return tokens;
    }

    private static List<String> models(String url) throws OllamaException {
        return new Ollama(url).listModels().stream().map(Model::getName).toList();
    }
}
