package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.StreamConnection;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Holds what a client sends before its turn, and so comes upon its leaving while it waits for an answer.
 *
 * <p>So much is held and no more, since the rest can wait in the sockets; then the kernel is asked whether the client is
 * still there ({@link StallWatch}). Used on the client's I/O thread.
 */
final class SentAhead implements Stalled {

    /** In bytes; the last piece may go beyond it. */
    private static final int MOST = 1 << 16;

    private final StreamConnection client;
    private final StreamSourceConduit source;
    private final ByteBufferPool pool;
    private final StallWatch stalls;
    private final HeldBytes held = new HeldBytes();
    private int room = MOST;
    private boolean full;
    private boolean listening;

    /** Holds nothing yet; {@code source} is what the client's socket is read from. */
    SentAhead(StreamConnection client, StreamSourceConduit source, ByteBufferPool pool, StallWatch stalls) {
        this.client = client;
        this.source = source;
        this.pool = pool;
        this.stalls = stalls;
    }

    /**
     * Reads what the client has sent, as long as there is room for it.
     *
     * @return false if the client has closed its side
     * @throws IOException if the connection is broken
     */
    boolean watch() throws IOException {
        try (PooledByteBuffer pooled = pool.allocate()) {
            while (held.count() < room) {
                ByteBuffer piece = pooled.getBuffer().clear();
                int count = source.read(piece);
                if (count <= 0) {
                    return count == 0;
                }
                held.add(piece.flip());
            }
        }
        full = true;
        stalls.add(this);
        return true;
    }

    /** Has the connection's read listener called when there is something to {@link #watch}. */
    void listen() {
        listening = true;
        if (full) {
            source.suspendReads();
        } else {
            source.resumeReads();
        }
    }

    /** Ends the watching; what was read stays. */
    void rest() {
        listening = false;
        full = false;
        room = MOST;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Keeps what remains in some bytes that were read elsewhere. */
    void add(ByteBuffer bytes) {
        held.add(bytes);
    }

    /** Moves as much as fits from the beginning, as it is its turn; returns how much that was. */
    int moveTo(ByteBuffer target) {
        rest();
        return held.moveTo(target);
    }

    /** Takes the last {@code count} bytes before {@code end} back to the beginning. */
    void putBack(ByteBuffer from, int end, int count) {
        held.putBack(from, end, count);
    }

    /** Returns all of it and keeps nothing. */
    ByteBuffer release() {
        rest();
        return held.release();
    }

    @Override
    public boolean isHeldUp() {
        return full && client.isOpen();
    }

    /** Returns 0, as nothing is taken of it before its turn. */
    @Override
    public long progress() {
        return 0;
    }

    @Override
    public StreamConnection connection() {
        return client;
    }

    @Override
    public void readAhead(int bytes) {
        if (full && held.count() < MOST + bytes) {
            full = false;
            room = MOST + bytes;
            if (listening) {
                source.resumeReads();
            }
        }
    }
}
