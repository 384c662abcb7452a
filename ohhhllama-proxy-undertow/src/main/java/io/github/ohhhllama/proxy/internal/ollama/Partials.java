package io.github.ohhhllama.proxy.internal.ollama;

import java.util.Optional;

/** Says whether Ollama keeps half-finished downloads when it is started again; without that a night's work can be lost. */
public enum Partials {
    /** It runs with {@code OLLAMA_NOPRUNE=1}. */
    KEPT(""),
    /** It runs without. */
    LOST(
            "Ollama runs without OLLAMA_NOPRUNE=1: whenever it is started again it throws half-finished downloads away that"
                    + " are older than an hour, and they begin anew. Set it for \"ollama serve\"."),
    /** That is not to be seen from here. */
    UNKNOWN("");

    private final String words;

    Partials(String words) {
        this.words = words;
    }

    /** Returns a sentence about what would be lost, and what to do, if that is known. */
    public Optional<String> warning() {
        return Optional.of(words).filter(text -> !text.isEmpty());
    }
}
