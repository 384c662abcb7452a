package io.github.ohhhllama.queue;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Says on whose behalf registries are asked: they refuse models that the Ollama they are asked for is too old for, which
 * they know by its {@code User-Agent}. Thread-safe.
 */
final class AgentName implements Supplier<String> {

    private static final String NOBODY = "ohhhllama";

    /** An Ollama that does not answer must not hold up every question to a registry. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMinutes(1);

    private final OllamaClient ollama;
    private final Clock clock;
    private volatile String known = NOBODY;
    private volatile Instant askedAt = Instant.EPOCH;

    AgentName(OllamaClient ollama, Clock clock) {
        this.ollama = ollama;
        this.clock = clock;
    }

    @Override
    public String get() {
        Instant now = clock.instant();
        if (known.equals(NOBODY) && Duration.between(askedAt, now).abs().compareTo(BETWEEN_QUESTIONS) >= 0) {
            askedAt = now;
            known = ask();
        }
        return known;
    }

    private String ask() {
        try {
            return "ollama/" + ollama.version() + " (for ohhhllama)";
        } catch (OllamaException unknown) {
            return NOBODY;
        }
    }
}
