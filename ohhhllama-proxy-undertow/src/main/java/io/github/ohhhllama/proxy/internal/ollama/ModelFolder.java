package io.github.ohhhllama.proxy.internal.ollama;

import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the folder in which Ollama keeps its models. */
public final class ModelFolder {

    /** Where the installer of Ollama for Linux puts the home directory of its service. */
    private static final Path OF_THE_SERVICE = Path.of("/usr/share/ollama/.ollama/models");

    private ModelFolder() {}

    /**
     * Finds the folder: the one that is set, else the one that {@code OLLAMA_MODELS} names, else where Ollama keeps its
     * models by itself.
     *
     * @param settings the settings
     * @param environment the machine
     * @return the folder, or empty if Ollama is on another machine or nothing is there
     */
    public static Optional<Path> of(ProxySettings settings, Environment environment) {
        Optional<Path> set = settings.queue().night().disk().models();
        if (set.isPresent() || !OllamaNeighbour.isHere(settings.backend())) {
            return set;
        }
        return environment
                .variable("OLLAMA_MODELS")
                .map(Path::of)
                .or(() -> Stream.of(OF_THE_SERVICE, Path.of(environment.home(), ".ollama", "models"))
                        .filter(Files::isDirectory)
                        .findFirst());
    }
}
