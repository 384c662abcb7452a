package io.github.ohhhllama;

import java.util.Objects;

/**
 * Asks for a model.
 *
 * @param model what to pull
 * @param requester who asks
 * @param insecure whether Ollama may speak plain HTTP to the registry
 * @param refresh whether the model is here already and only its newest version is wanted; costs nothing of the limit
 */
public record PullRequest(ModelName model, Requester requester, boolean insecure, boolean refresh) {

    /** Checks that model and requester are there. */
    public PullRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(requester, "requester");
    }

    /**
     * Returns a request for a model that is not here yet, over HTTPS.
     *
     * @param model what to pull
     * @param requester who asks
     */
    public static PullRequest of(ModelName model, Requester requester) {
        return new PullRequest(model, requester, false, false);
    }
}
