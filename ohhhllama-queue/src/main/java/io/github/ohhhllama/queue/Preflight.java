package io.github.ohhhllama.queue;

import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.Manifest;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.RegistryAnswer;
import io.github.ohhhllama.queue.internal.registry.Footprints;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a pull would mean before it is queued. Thread-safe; blocks for a few seconds at most. */
final class Preflight {

    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private final Registry registry;
    private final OllamaClient ollama;
    private final Footprints footprints;

    /** Is what was found out. */
    sealed interface Finding {}

    /**
     * Says that the model can be had.
     *
     * @param footprint how big it is
     */
    record Available(Footprint footprint) implements Finding {}

    /**
     * Says that the model is here, as its registry has it.
     *
     * @param installed the model
     */
    record Current(InstalledModel installed) implements Finding {}

    /**
     * Says that the model cannot be had.
     *
     * @param failure the class of the refusal
     * @param words what Ollama would say
     */
    record Refused(PullFailure failure, String words) implements Finding {}

    /**
     * Says that nothing is known.
     *
     * @param words why
     */
    record Unknown(String words) implements Finding {}

    Preflight(Registry registry, OllamaClient ollama, Footprints footprints) {
        this.registry = registry;
        this.ollama = ollama;
        this.footprints = footprints;
    }

    /**
     * Tells whether nothing can be found out at the moment, since the registry cannot be reached; asks nobody.
     *
     * @param request the pull
     */
    boolean isBlind(PullRequest request) {
        return registry.remembered(request.model(), request.insecure())
                .filter(RegistryAnswer.Unreachable.class::isInstance)
                .isPresent();
    }

    /**
     * Asks the model's registry, and Ollama what it has of it.
     *
     * @param request the pull
     */
    Finding look(PullRequest request) {
        RegistryAnswer answer = registry.manifest(request.model(), request.insecure());
        if (answer instanceof RegistryAnswer.Refused refused) {
            return new Refused(refused.failure(), refused.words());
        }
        if (answer instanceof RegistryAnswer.Found found) {
            return look(request.model(), found.manifest());
        }
        String words = ((RegistryAnswer.Unreachable) answer).words();
        LOG.debug("nothing is known of {}: {}", request.model(), words);
        return new Unknown(words);
    }

    private Finding look(ModelName model, Manifest manifest) {
        Optional<InstalledModel> current =
                installed(model).filter(here -> here.digest().equals(manifest.digest()));
        return current.isPresent() ? new Current(current.get()) : new Available(footprints.of(manifest));
    }

    private Optional<InstalledModel> installed(ModelName model) {
        try {
            return ollama.installedModels().stream()
                    .filter(here -> here.name().equals(model))
                    .findFirst();
        } catch (OllamaException unknown) {
            LOG.debug("cannot ask Ollama whether {} is here: {}", model, unknown.getMessage());
            return Optional.empty();
        }
    }
}
