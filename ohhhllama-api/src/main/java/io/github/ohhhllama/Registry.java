package io.github.ohhhllama;

import java.util.Optional;

/**
 * Asks registries what a model consists of, without fetching it.
 *
 * <p>Implementations are thread-safe; a call blocks for a few seconds at most, and never throws: a registry that is not
 * there is an answer.
 *
 * @since 0.1.0
 */
public interface Registry {

    /** Is asked for nothing: every answer is that the registry cannot be reached. */
    Registry NONE = (model, insecure) -> new RegistryAnswer.Unreachable("registries are not asked");

    /**
     * Asks for a manifest.
     *
     * @param model the model, whose name says which registry
     * @param insecure whether to speak plain HTTP to the registry, as Ollama then does
     * @return what the registry said
     */
    RegistryAnswer manifest(ModelName model, boolean insecure);

    /**
     * Returns what {@link #manifest} would answer without asking anybody; takes no time. An implementation that remembers
     * nothing may leave it out.
     *
     * @param model the model
     * @param insecure whether to speak plain HTTP to the registry
     * @return the answer, or empty if it takes a question to know
     */
    default Optional<RegistryAnswer> remembered(ModelName model, boolean insecure) {
        return Optional.empty();
    }
}
