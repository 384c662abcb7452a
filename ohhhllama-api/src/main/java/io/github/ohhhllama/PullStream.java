package io.github.ohhhllama;

import java.time.Duration;
import java.util.Optional;

/**
 * Reads the lines of one pull, which begins with the first of them.
 *
 * <p>One thread reads; {@link #close()} may be called from any thread, more than once, and makes a blocked
 * {@link #next} end, also one that waits for the server to answer at all. Closing before the end cancels the download on
 * Ollama's side.
 *
 * @since 0.1.0
 */
public interface PullStream extends AutoCloseable {

    /**
     * Waits for the next line.
     *
     * @param silence how long to wait at most once the server has answered; {@link Duration#ZERO} means for ever
     * @return the line, or empty when the stream ended without an error
     * @throws OllamaException if the server cannot be reached or refuses, Ollama wrote an error line, the connection broke,
     *     the stream was closed, or nothing came in time ({@link PullFailure#STALLED})
     */
    Optional<PullProgress> next(Duration silence);

    /** Ends the request; a download that no other client waits for stops. */
    @Override
    void close();
}
