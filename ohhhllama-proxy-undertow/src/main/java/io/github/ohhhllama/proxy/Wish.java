package io.github.ohhhllama.proxy;

import io.github.ohhhllama.ModelName;
import java.util.Objects;

/**
 * Says what a client wants pulled, and how it wants to hear of it.
 *
 * @param model what
 * @param insecure whether Ollama may speak plain HTTP to the registry
 * @param stream whether the client reads lines, rather than one object at the end
 */
record Wish(ModelName model, boolean insecure, boolean stream) {

    Wish {
        Objects.requireNonNull(model, "model");
    }
}
