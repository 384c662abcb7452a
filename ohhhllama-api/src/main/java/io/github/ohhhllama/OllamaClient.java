package io.github.ohhhllama;

import java.util.List;

/**
 * Talks to an Ollama server.
 *
 * <p>Implementations are thread-safe; every call blocks.
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
     * Tells whether the server has a layer ({@code HEAD /api/blobs/{digest}}).
     *
     * @param digest {@code sha256:} and 64 hex digits
     * @throws OllamaException if the server cannot be reached or does not answer like Ollama
     */
    boolean hasBlob(String digest);

    /**
     * Starts a pull and returns as soon as the server has answered.
     *
     * @param model what to pull; its spelling is sent as the user wrote it
     * @param insecure whether Ollama may speak plain HTTP to the registry
     * @return the running pull, to be closed by the caller
     * @throws OllamaException if the server cannot be reached or refuses
     */
    PullStream pull(ModelName model, boolean insecure);
}
