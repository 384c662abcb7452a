package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.xnio.Buffers;
import org.xnio.StreamConnection;

/**
 * Sends one request to Ollama: the head, then each piece of the body as soon as it has come.
 *
 * <p>One piece is in our hands at a time, unless {@link #readAhead} allows more.
 */
final class RequestPump implements Stalled {

    /** How many buffers are passed on before other clients of the thread get their turn. */
    private static final int ROUNDS = 8;

    private static final ByteBuffer[] NOTHING = {};

    private final RequestGuard client;
    private final BackendConnection backend;
    private final Upstream upstream;
    private ByteBuffer[] beginning;
    private final Queue<PooledByteBuffer> pieces = new ArrayDeque<>(1);
    private int mostAhead;
    private long progress;
    private boolean broken;

    RequestPump(RequestGuard client, BackendConnection backend, Upstream upstream, ByteBuffer... beginning) {
        this.client = client;
        this.backend = backend;
        this.upstream = upstream;
        this.beginning = beginning;
    }

    /** Returns whether all of the request is on its way. */
    boolean isComplete() {
        return client.isRequestComplete() && beginning.length == 0 && pieces.isEmpty();
    }

    /** Returns whether Ollama has not yet taken all that has come. */
    @Override
    public boolean isHeldUp() {
        return !broken && (beginning.length > 0 || !pieces.isEmpty());
    }

    @Override
    public long progress() {
        return progress;
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
        for (int round = 0; send() || mayReadAhead(); round++) {
            if (client.isRequestComplete()) {
                return;
            }
            if (round == ROUNDS || !receive()) {
                client.resumeReads();
                return;
            }
        }
        client.suspendReads();
        if (isHeldUp()) {
            client.stalls().add(this);
        }
    }

    @Override
    public StreamConnection connection() {
        return client.connection();
    }

    @Override
    public void readAhead(int bytes) {
        mostAhead = bytes / upstream.bufferSize();
        if (mayReadAhead()) {
            client.resumeReads();
        }
    }

    /** Gives the buffers back; nothing more is sent. */
    void release() {
        broken = true;
        pieces.forEach(PooledByteBuffer::close);
        pieces.clear();
    }

    private boolean mayReadAhead() {
        return isHeldUp() && pieces.size() < mostAhead && !client.isRequestComplete();
    }

    /** Returns whether Ollama has taken all that has come, and may take more. */
    private boolean send() {
        if (broken) {
            return false;
        }
        try {
            boolean taken = begin();
            while (taken && !pieces.isEmpty()) {
                taken = write(pieces.element().getBuffer());
                if (taken) {
                    pieces.remove().close();
                }
            }
            mostAhead = taken ? 0 : mostAhead;
            return taken;
        } catch (IOException closed) {
            backend.suspendWrites();
            release();
            return false;
        }
    }

    private boolean begin() throws IOException {
        long before = Buffers.remaining(beginning);
        boolean taken = before == 0 || backend.write(beginning);
        progress += before - Buffers.remaining(beginning);
        if (taken) {
            beginning = NOTHING;
        }
        return taken;
    }

    private boolean write(ByteBuffer bytes) throws IOException {
        int before = bytes.remaining();
        boolean taken = backend.write(bytes);
        progress += before - bytes.remaining();
        return taken;
    }

    private boolean receive() throws IOException {
        PooledByteBuffer fresh = upstream.buffers().allocate();
        boolean kept = false;
        try {
            if (client.readBody(fresh.getBuffer()) > 0) {
                fresh.getBuffer().flip();
                pieces.add(fresh);
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
