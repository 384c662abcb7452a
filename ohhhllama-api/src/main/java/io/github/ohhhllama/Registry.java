package io.github.ohhhllama;

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
}
