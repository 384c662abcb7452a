package io.github.ohhhllama.testing;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.RegistryAnswer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Simulates the registries of this world, without a network: knows the models that were offered, with the digests and
 * sizes that {@link FakeOllama} shows for the same {@link FakeModel}, and refuses all others as Ollama would.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FakeRegistry implements Registry {

    private static final RegistryAnswer UNKNOWN =
            new RegistryAnswer.Refused(PullFailure.UNKNOWN_MODEL, "pull model manifest: file does not exist");

    private final Map<ModelName, RegistryAnswer> answers = new ConcurrentHashMap<>();
    private final List<ModelName> questions = new CopyOnWriteArrayList<>();
    private volatile RegistryAnswer otherwise = UNKNOWN;

    /**
     * Puts a model into the registry, in place of an earlier version.
     *
     * @param model the model
     */
    public FakeRegistry offer(FakeModel model) {
        answers.put(model.name(), new RegistryAnswer.Found(model.manifest()));
        return this;
    }

    /**
     * Sets what is said about a model, until something else is.
     *
     * @param model the model's name, in any spelling
     * @param answer what to say
     * @throws io.github.ohhhllama.InvalidModelNameException if that is no name
     */
    public FakeRegistry answer(String model, RegistryAnswer answer) {
        answers.put(ModelName.parse(model), answer);
        return this;
    }

    /**
     * Sets what is said about all models that were not spoken of; that they are unknown unless set.
     *
     * @param answer what to say
     */
    public FakeRegistry otherwise(RegistryAnswer answer) {
        otherwise = answer;
        return this;
    }

    @Override
    public RegistryAnswer manifest(ModelName model, boolean insecure) {
        questions.add(model);
        return answers.getOrDefault(model, otherwise);
    }

    /** Returns the models that were asked for, in the order of the questions. */
    public List<ModelName> questions() {
        return List.copyOf(questions);
    }
}
