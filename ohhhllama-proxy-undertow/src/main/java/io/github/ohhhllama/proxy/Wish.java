package io.github.ohhhllama.proxy;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Priority;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Requester;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what a client wants pulled, and how it wants to hear of it.
 *
 * @param model what
 * @param insecure whether Ollama may speak plain HTTP to the registry
 * @param stream whether the client reads lines, rather than one object at the end
 * @param priority how urgent it is, or null for the usual priority
 * @param base whether it is wanted to make another model from, so that its arrival is not yet what the client asked for
 */
record Wish(
        ModelName model,
        boolean insecure,
        boolean stream,
        @Nullable Priority priority,
        boolean base) {

    Wish {
        Objects.requireNonNull(model, "model");
    }

    /** Returns the wish of one who wants the model itself. */
    static Wish pull(ModelName model, boolean insecure, boolean stream, @Nullable Priority priority) {
        return new Wish(model, insecure, stream, priority, false);
    }

    /** Returns the wish of one who wants to make another model from it. */
    static Wish base(ModelName model, boolean stream) {
        return new Wish(model, false, stream, null, true);
    }

    /**
     * Returns the wish as the queue takes it.
     *
     * @param requester who asks
     * @param refresh whether the model is here, and only its newest version is wanted
     */
    PullRequest request(Requester requester, boolean refresh) {
        return priority == null
                ? new PullRequest(model, requester, insecure, refresh)
                : new PullRequest(model, requester, insecure, refresh, priority);
    }
}
