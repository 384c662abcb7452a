package io.github.ohhhllama.spring;

import io.github.ohhhllama.queue.Ohhhllama;

/**
 * Changes the queue before it is built: a bean of this type is handed the builder after the properties were. Of several,
 * the one that is ordered last has the last word.
 *
 * <p>Called once, by the thread that starts the application; it need not be thread-safe. What it throws ends the start.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OhhhllamaCustomizer {

    /**
     * Changes what it likes.
     *
     * @param builder all set but for this
     */
    void customize(Ohhhllama.Builder builder);
}
