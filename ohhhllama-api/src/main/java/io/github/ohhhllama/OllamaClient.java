package io.github.ohhhllama;

import java.util.List;
import java.util.Optional;

/**
 * Talks to an Ollama server.
 *
 * <p>Implementations are thread-safe; every call blocks.
 *
 * @since 0.1.0
 */
public interface OllamaClient {

    /**
     * Returns the server's version, for instance {@code 0.33.0}.
     *
     * @throws OllamaException if the server cannot be reached or does not answer like Ollama
     */
    String version();

    /**
     * Lists the models the server has, newest first.
     *
     * @throws OllamaException if the server cannot be reached or does not answer like Ollama
     */
    List<InstalledModel> installedModels();

    /**
     * Describes a model ({@code POST /api/show}).
     *
     * @param model the model, in any spelling
     * @return what the server knows of it, or empty if it does not have it
     * @throws OllamaException if the server cannot be reached, refuses or does not answer like Ollama
     */
    Optional<ModelDetails> show(ModelName model);

    /**
     * Deletes a model ({@code DELETE /api/delete}); layers that other models share stay.
     *
     * @param model the model, in any spelling
     * @return whether the server had it
     * @throws OllamaException if the server cannot be reached, refuses or does not answer like Ollama
     */
    boolean delete(ModelName model);

    /**
     * Tells whether the server has a layer ({@code HEAD /api/blobs/{digest}}).
     *
     * @param digest {@code sha256:} and 64 hex digits
     * @throws OllamaException if the server cannot be reached or does not answer like Ollama
     */
    boolean hasBlob(String digest);

    /**
     * Prepares a pull, which begins when its first line is asked for.
     *
     * @param model what to pull; its spelling is sent as the user wrote it
     * @param insecure whether Ollama may speak plain HTTP to the registry
     * @return the pull, to be closed by the caller
     */
    PullStream pull(ModelName model, boolean insecure);
}
