package io.github.ohhhllama;

import java.util.List;
import java.util.Objects;

/**
 * Describes what Ollama knows of a model that it has. Text that Ollama does not know is empty. Immutable.
 *
 * @param format how its weights are written, for instance {@code gguf}
 * @param family what it is a kind of, for instance {@code llama}
 * @param parameterSize how many parameters it has, in Ollama's words: {@code 8.0B}
 * @param quantization how its weights were rounded, for instance {@code Q4_K_M}
 * @param capabilities what it can do, for instance {@code completion}, {@code tools} or {@code vision}; empty before
 *     Ollama 0.6.4
 * @since 0.1.0
 */
public record ModelDetails(
        String format, String family, String parameterSize, String quantization, List<String> capabilities) {

    /** Checks that the texts are there, and copies the capabilities. */
    public ModelDetails {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(parameterSize, "parameterSize");
        Objects.requireNonNull(quantization, "quantization");
        capabilities = List.copyOf(capabilities);
    }
}
