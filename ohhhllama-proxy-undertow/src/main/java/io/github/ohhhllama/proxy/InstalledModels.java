package io.github.ohhhllama.proxy;

import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether Ollama has a model, from a list that is a second old at most.
 *
 * <p>Thread-safe. Many pulls at once cause one question to Ollama: whoever comes while it is asked waits for the answer.
 */
final class InstalledModels {

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** What Ollama has, by key, or why that is not known. */
    private record Listing(
            Instant takenAt,
            Map<String, ModelName> models,
            @Nullable OllamaException trouble) {}

    private final OllamaClient ollama;
    private final Clock clock;
    private @Nullable Listing listing;

    InstalledModels(OllamaClient ollama, Clock clock) {
        this.ollama = ollama;
        this.clock = clock;
    }

    /**
     * Looks a model up.
     *
     * @param model the model, in any spelling
     * @return the model as Ollama spells it, or empty if it is not there
     * @throws OllamaException if Ollama cannot be asked
     */
    Optional<ModelName> find(ModelName model) {
        Listing current = current();
        if (current.trouble() != null) {
            throw current.trouble();
        }
        return Optional.ofNullable(current.models().get(model.key()));
    }

    /**
     * Looks a model up in what Ollama says now.
     *
     * @param model the model, in any spelling
     * @return the model as Ollama spells it, or empty if it is not there
     * @throws OllamaException if Ollama cannot be asked
     */
    Optional<ModelName> findNow(ModelName model) {
        forget();
        return find(model);
    }

    /** Forgets the list, because something changed it. */
    synchronized void forget() {
        listing = null;
    }

    private synchronized Listing current() {
        Instant now = clock.instant();
        Listing known = listing;
        if (known == null
                || now.isBefore(known.takenAt())
                || !now.isBefore(known.takenAt().plus(FRESH))) {
            known = ask(now);
            listing = known;
        }
        return known;
    }

    private Listing ask(Instant now) {
        try {
            Map<String, ModelName> models = new HashMap<>();
            for (InstalledModel installed : ollama.installedModels()) {
                models.put(installed.name().key(), installed.name());
            }
            return new Listing(now, models, null);
        } catch (OllamaException trouble) {
            return new Listing(now, Map.of(), trouble);
        }
    }
}
