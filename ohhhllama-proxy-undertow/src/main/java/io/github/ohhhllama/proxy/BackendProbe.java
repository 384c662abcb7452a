package io.github.ohhhllama.proxy;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether Ollama answers, in less time than those who read metrics have. One question is asked at a time: who
 * comes while Ollama is still silent waits for the same answer. Thread-safe.
 */
final class BackendProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final OllamaClient ollama;
    private @Nullable FutureTask<Boolean> question;

    BackendProbe(OllamaClient ollama) {
        this.ollama = ollama;
    }

    /**
     * Returns whether Ollama answers within 3 seconds.
     *
     * @param executor runs the question, which may take longer than anybody waits for it
     */
    boolean answers(Executor executor) {
        try {
            return ask(executor).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException silent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized FutureTask<Boolean> ask(Executor executor) {
        FutureTask<Boolean> running = question;
        if (running == null || running.isDone()) {
            running = new FutureTask<>(this::hasVersion);
            question = running;
            executor.execute(running);
        }
        return running;
    }

    private boolean hasVersion() {
        try {
            return !ollama.version().isEmpty();
        } catch (OllamaException silent) {
            return false;
        }
    }
}
