package io.github.ohhhllama.testing;

import java.io.IOException;

/** Is where the bytes of a layer come from. Used by one thread. */
@FunctionalInterface
interface LayerSource extends AutoCloseable {

    /**
     * Waits for the next bytes.
     *
     * @param wanted how many at most
     * @return how many came, 1 at least
     * @throws IOException if the connection broke, or the bytes are not those of the layer
     * @throws InterruptedException if the client left
     */
    long next(long wanted) throws IOException, InterruptedException;

    @Override
    default void close() throws IOException {}
}
