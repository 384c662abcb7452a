package io.github.ohhhllama.proxy.internal.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.proxy.internal.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelFolderTest {

    private static final String ELSEWHERE = "http://192.0.2.7:11434";

    @TempDir
    private Path home;

    @Test
    void isTheOneThatIsSetWhereverOllamaIs() {
        Map<String, String> variables = Map.of("DISK_PATH", "/mnt/models", "OLLAMA_BACKEND", ELSEWHERE);

        assertThat(folder(variables)).contains(Path.of("/mnt/models"));
    }

    @Test
    void isNoneOfOursIfOllamaIsOnAnotherMachine() {
        assertThat(folder(Map.of("OLLAMA_MODELS", "/srv/models", "OLLAMA_BACKEND", ELSEWHERE)))
                .isEmpty();
    }

    @Test
    void isTheOneThatOllamaIsTold() {
        assertThat(folder(Map.of("OLLAMA_MODELS", "/srv/models"))).contains(Path.of("/srv/models"));
    }

    @Test
    void setsTheOneThatIsSetAboveTheOneThatOllamaIsTold() {
        assertThat(folder(Map.of("OLLAMA_MODELS", "/srv/models", "DISK_PATH", "~/models")))
                .contains(home.resolve("models"));
    }

    @Test
    void isInTheHomeDirectoryUnlessTheServiceHasOne() throws IOException {
        Path own = Files.createDirectories(home.resolve(".ollama/models"));
        Path ofTheService = Path.of("/usr/share/ollama/.ollama/models");

        assertThat(folder(Map.of())).contains(Files.isDirectory(ofTheService) ? ofTheService : own);
    }

    private Optional<Path> folder(Map<String, String> variables) {
        Environment environment = new Environment(new HashMap<>(variables), "ada", home.toString());
        return ModelFolder.of(
                new SettingsReader(environment, ZoneOffset.UTC)
                        .read(Map.<Setting, String>of(), Optional.empty())
                        .valid()
                        .orElseThrow(),
                environment);
    }
}
