package io.github.ohhhllama.testing;

import io.github.ohhhllama.ModelName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Remembers what a test wants to happen. Thread-safe. */
final class Script {

    private final Map<ModelName, Deque<Fault>> faults = new HashMap<>();
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final Semaphore resumes = new Semaphore(0);
    private volatile Pacing pacing = Pacing.unlimited();
    private volatile Pacing tokenPacing = Pacing.unlimited();
    private volatile List<String> tokens = List.of("Hello", " from", " Ollama");
    private volatile String version = "0.33.0";
    private volatile @Nullable RegistryServer registry;

    synchronized void fault(ModelName model, Fault fault) {
        faults.computeIfAbsent(model, any -> new ArrayDeque<>()).add(fault);
    }

    /** Returns what goes wrong in the pull that starts now. */
    synchronized Fault nextFault(ModelName model, boolean isOffered) {
        Deque<Fault> waiting = faults.getOrDefault(model, new ArrayDeque<>());
        Fault next = waiting.poll();
        if (next != null) {
            return next;
        }
        return isOffered ? Fault.NONE : Fault.UNKNOWN_MODEL;
    }

    synchronized void answer(String path, Answer answer) {
        answers.computeIfAbsent(path, any -> new ArrayDeque<>()).add(answer);
    }

    synchronized Optional<Answer> nextAnswer(String path) {
        return Optional.ofNullable(
                answers.getOrDefault(path, new ArrayDeque<>()).poll());
    }

    void resume() {
        resumes.release();
    }

    void awaitResume() throws InterruptedException {
        resumes.acquire();
    }

    void pace(Pacing wanted) {
        pacing = wanted;
    }

    Pacing pacing() {
        return pacing;
    }

    void fetchFrom(RegistryServer wanted) {
        registry = wanted;
    }

    /** Returns where the bytes of layers come from, or null if they are only counted. */
    @Nullable RegistryServer registry() {
        return registry;
    }

    void say(List<String> wanted, Pacing pace) {
        tokens = List.copyOf(wanted);
        tokenPacing = pace;
    }

    List<String> tokens() {
        return tokens;
    }

    Pacing tokenPacing() {
        return tokenPacing;
    }

    void version(String wanted) {
        version = wanted;
    }

    String version() {
        return version;
    }
}
