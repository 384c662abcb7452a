package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Sends one request to Ollama: the head, then each piece of the body as soon as it has come. */
final class RequestPump {

    /** How many buffers are passed on before other clients of the thread get their turn. */
    private static final int ROUNDS = 8;

    private final RequestGuard client;
    private final BackendConnection backend;
    private final ByteBufferPool pool;
    private final ByteBuffer head;
    private @Nullable PooledByteBuffer piece;
    private boolean broken;

    RequestPump(RequestGuard client, BackendConnection backend, ByteBufferPool pool, ByteBuffer head) {
        this.client = client;
        this.backend = backend;
        this.pool = pool;
        this.head = head;
    }

    /** Returns whether all of the request is on its way. */
    boolean isComplete() {
        return client.isRequestComplete() && !head.hasRemaining() && piece == null;
    }

    /** Returns whether Ollama takes no more of the request; its answer may be there nevertheless. */
    boolean isBroken() {
        return broken;
    }

    /**
     * Passes on what there is.
     *
     * @throws MalformedMessageException if the body is malformed or ends early
     * @throws IOException if the client's connection is broken
     */
    void pump() throws IOException {
        for (int round = 0; send(); round++) {
            if (client.isRequestComplete()) {
                return;
            }
            if (round == ROUNDS || !receive()) {
                client.resumeReads();
                return;
            }
        }
        client.suspendReads();
    }

    /** Gives the buffer back. */
    void release() {
        if (piece != null) {
            piece.close();
            piece = null;
        }
    }

    /** Returns whether Ollama has taken all that has come, and may take more. */
    private boolean send() {
        if (broken) {
            return false;
        }
        try {
            if (!backend.write(head) || (piece != null && !backend.write(piece.getBuffer()))) {
                return false;
            }
            release();
            return true;
        } catch (IOException closed) {
            broken = true;
            backend.suspendWrites();
            release();
            return false;
        }
    }

    private boolean receive() throws IOException {
        PooledByteBuffer fresh = pool.allocate();
        boolean kept = false;
        try {
            if (client.readBody(fresh.getBuffer()) > 0) {
                fresh.getBuffer().flip();
                piece = fresh;
                kept = true;
            }
            return kept;
        } finally {
            if (!kept) {
                fresh.close();
            }
        }
    }
}
