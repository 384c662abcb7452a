package io.github.ohhhllama;

import java.util.Objects;

/**
 * Asks for a model. Immutable.
 *
 * @param model what to pull
 * @param requester who asks
 * @param insecure whether Ollama may speak plain HTTP to the registry
 * @param refresh whether the model is here already and only its newest version is wanted; costs nothing of the limit
 * @param priority how urgent it is
 * @since 0.1.0
 */
public record PullRequest(ModelName model, Requester requester, boolean insecure, boolean refresh, Priority priority) {

    /** Checks that model, requester and priority are there. */
    public PullRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(requester, "requester");
        Objects.requireNonNull(priority, "priority");
    }

    /**
     * Creates a request of the usual priority: a refresh has a low one, since nobody waits for it.
     *
     * @param model what to pull
     * @param requester who asks
     * @param insecure whether Ollama may speak plain HTTP to the registry
     * @param refresh whether only the newest version of a model that is here is wanted
     */
    public PullRequest(ModelName model, Requester requester, boolean insecure, boolean refresh) {
        this(model, requester, insecure, refresh, refresh ? Priority.LOW : Priority.NORMAL);
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
