package io.github.ohhhllama.proxy.internal.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** Holds one connection to Ollama and tells its present user when there is something to do. */
final class BackendConnection {

    /** Hears of the connection it uses. */
    interface User {

        void backendReadable();

        void backendWritable();
    }

    private static final int MOST_AT_ONCE = 1 << 18;

    private final StreamConnection connection;
    private final ConduitStreamSourceChannel source;
    private final ConduitStreamSinkChannel sink;
    private @Nullable User user;
    private boolean reused;
    private long idleSince;

    BackendConnection(StreamConnection connection) {
        this.connection = connection;
        this.source = connection.getSourceChannel();
        this.sink = connection.getSinkChannel();
        source.setReadListener(channel -> readable());
        sink.setWriteListener(channel -> writable());
    }

    void use(User newUser) {
        user = newUser;
        source.resumeReads();
    }

    /** Gives the connection back unused, to be told by nobody until it is used again. */
    void rest(long now) {
        user = null;
        reused = true;
        idleSince = now;
        sink.suspendWrites();
        source.resumeReads();
    }

    /** Returns whether an earlier request went over this connection. */
    boolean isReused() {
        return reused;
    }

    long idleSince() {
        return idleSince;
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** Returns whether the resting connection can take a request: Ollama neither closed it nor sent anything. */
    boolean isFresh(ByteBuffer scratch) {
        try {
            return connection.isOpen() && source.read(scratch.clear()) == 0;
        } catch (IOException broken) {
            return false;
        }
    }

    int read(ByteBuffer target) throws IOException {
        return source.read(target);
    }

    /** Writes what the socket takes now, in one piece; returns whether that was all. */
    boolean write(ByteBuffer... bytes) throws IOException {
        while (Buffers.hasRemaining(bytes)) {
            if (writeSome(bytes) == 0) {
                sink.resumeWrites();
                return false;
            }
        }
        sink.suspendWrites();
        return true;
    }

    private long writeSome(ByteBuffer... bytes) throws IOException {
        ByteBuffer last = bytes[bytes.length - 1];
        int end = last.limit();
        // The JDK copies what lies in the heap to write it: all of it, at each call.
        last.limit(Math.min(end, last.position() + MOST_AT_ONCE));
        try {
            return sink.write(bytes);
        } finally {
            last.limit(end);
        }
    }

    void suspendReads() {
        source.suspendReads();
    }

    void resumeReads() {
        source.resumeReads();
    }

    void suspendWrites() {
        sink.suspendWrites();
    }

    /** Tells Ollama that the client sends no more, as the client told us. */
    void shutdownWrites() {
        try {
            sink.shutdownWrites();
            sink.flush();
        } catch (IOException broken) {
            close();
        }
    }

    /** Closes it and throws away what Ollama has not taken; otherwise it would hear of the end only after reading that. */
    void abort() {
        user = null;
        Farewell.reset(connection);
    }

    void close() {
        user = null;
        IoUtils.safeClose(connection);
    }

    private void readable() {
        if (user != null) {
            user.backendReadable();
        } else {
            close();
        }
    }

    private void writable() {
        if (user != null) {
            user.backendWritable();
        }
    }
}
