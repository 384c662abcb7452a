package io.github.ohhhllama.proxy;

import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether Ollama has a model, from a list that is a second old at most.
 *
 * <p>Thread-safe. Many pulls at once cause one question to Ollama: whoever comes while it is asked waits for the answer.
 */
final class InstalledModels {

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** What Ollama has, by key, or why that is not known; a store may hold one name in several cases. */
    private record Listing(
            Instant answeredAt,
            Map<String, List<ModelName>> models,
            @Nullable OllamaException trouble) {

        Optional<ModelName> find(ModelName wanted) {
            if (trouble != null) {
                throw trouble;
            }
            List<ModelName> spellings = models.getOrDefault(wanted.key(), List.of());
            return spellings.stream()
                    .filter(each -> each.display().equals(wanted.display()))
                    .findFirst()
                    .or(() -> spellings.stream().findFirst());
        }
    }

    private final OllamaClient ollama;
    private final Clock clock;
    private @Nullable FutureTask<Listing> question;

    InstalledModels(OllamaClient ollama, Clock clock) {
        this.ollama = ollama;
        this.clock = clock;
    }

    /**
     * Looks a model up.
     *
     * @param model the model, in any spelling
     * @return the model as Ollama spells it, in the same case if it has it in several; or empty if it is not there
     * @throws OllamaException if Ollama cannot be asked
     */
    Optional<ModelName> find(ModelName model) {
        return answer(latest()).find(model);
    }

    /**
     * Looks a model up in what Ollama says now.
     *
     * @param model the model, in any spelling
     * @return the model as Ollama spells it, in the same case if it has it in several; or empty if it is not there
     * @throws OllamaException if Ollama cannot be asked
     */
    Optional<ModelName> findNow(ModelName model) {
        return answer(another()).find(model);
    }

    /** Forgets the list, because something changed it. */
    synchronized void forget() {
        question = null;
    }

    private synchronized void forget(FutureTask<Listing> failed) {
        if (question == failed) {
            question = null;
        }
    }

    private synchronized FutureTask<Listing> latest() {
        FutureTask<Listing> asked = question;
        return asked == null || (asked.isDone() && !isFresh(answer(asked))) ? another() : asked;
    }

    private synchronized FutureTask<Listing> another() {
        FutureTask<Listing> next = new FutureTask<>(this::ask);
        question = next;
        return next;
    }

    private boolean isFresh(Listing listing) {
        Instant now = clock.instant();
        return !now.isBefore(listing.answeredAt())
                && now.isBefore(listing.answeredAt().plus(FRESH));
    }

    /** Asks, or waits for the one who does: a task runs once, whoever runs it. */
    private Listing answer(FutureTask<Listing> asked) {
        asked.run();
        try {
            return asked.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OllamaException(PullFailure.NETWORK, "interrupted while Ollama was asked", null, interrupted);
        } catch (ExecutionException unplanned) {
            forget(asked);
            throw new IllegalStateException(unplanned.getCause());
        }
    }

    private Listing ask() {
        try {
            Map<String, List<ModelName>> models = ollama.installedModels().stream()
                    .map(InstalledModel::name)
                    .collect(Collectors.groupingBy(ModelName::key));
            return new Listing(clock.instant(), models, null);
        } catch (OllamaException trouble) {
            return new Listing(clock.instant(), Map.of(), trouble);
        }
    }
}
