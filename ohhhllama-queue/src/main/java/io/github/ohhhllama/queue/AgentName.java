package io.github.ohhhllama.queue;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import java.util.function.Supplier;

/**
 * Says on whose behalf registries are asked: they refuse models that the Ollama they are asked for is too old for, which
 * they know by its {@code User-Agent}. Thread-safe.
 */
final class AgentName implements Supplier<String> {

    private static final String NOBODY = "ohhhllama";

    private final OllamaClient ollama;
    private volatile String known = "";

    AgentName(OllamaClient ollama) {
        this.ollama = ollama;
    }

    @Override
    public String get() {
        String name = known;
        if (name.isEmpty()) {
            name = ask();
            known = name.equals(NOBODY) ? "" : name;
        }
        return name;
    }

    private String ask() {
        try {
            return "ollama/" + ollama.version() + " (for ohhhllama)";
        } catch (OllamaException unknown) {
            return NOBODY;
        }
    }
}
