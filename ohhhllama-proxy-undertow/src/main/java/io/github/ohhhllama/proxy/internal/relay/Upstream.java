package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.connector.ByteBufferPool;

/**
 * What the exchanges of one I/O thread share.
 *
 * @param connector opens connections to Ollama
 * @param pool those that rest
 * @param buffers what bytes are passed on in
 * @param traffic hears of every exchange
 */
record Upstream(BackendConnector connector, BackendPool pool, ByteBufferPool buffers, Traffic traffic) {

    /** Returns how many bytes a buffer takes. */
    int bufferSize() {
        return buffers.getBufferSize();
    }

    /** Returns Ollama's host and port. */
    @Override
    public String toString() {
        return connector.authority();
    }
}
