package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Ends a client's connection so that it gets what was written last: closing while the client still sends would make the
 * kernel reset the connection and take the answer away.
 */
final class Farewell {

    /** How long a client may be silent that has not closed its side yet. */
    private static final int SILENT_SECONDS = 2;

    /** How often one may say something after that: nginx lingers for 30 seconds too. */
    private static final int MOST_ROUNDS = 15;

    /** So much is thrown away of one that sends on without a look at its answer. */
    private static final long MOST_THROWN_AWAY = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

    private final StreamConnection client;
    private final StreamSourceConduit source;
    private final ByteBufferPool pool;
    private long thrownAway;

    /** Prepares the end of a connection; {@code source} is what its socket is read from. */
    Farewell(StreamConnection client, StreamSourceConduit source, ByteBufferPool pool) {
        this.client = client;
        this.source = source;
        this.pool = pool;
    }

    /** Closes a connection so that the other side takes it for broken, and neither side has to read what is on its way. */
    static void reset(StreamConnection connection) {
        try {
            connection.setOption(Options.CLOSE_ABORT, true);
        } catch (IOException closed) {
            LOG.debug("{} was closed before: {}", connection, closed.getMessage());
        }
        IoUtils.safeClose(connection);
    }

    /**
     * Closes our side at once, and the whole connection when the client has closed its own, is silent, or sends more than
     * anybody who looks at an answer.
     */
    void begin() {
        try {
            client.getSinkChannel().shutdownWrites();
            client.getSinkChannel().flush();
        } catch (IOException gone) {
            IoUtils.safeClose(client);
        }
        client.getSourceChannel().setReadListener(channel -> readable());
        source.resumeReads();
        waitFor(0, MOST_ROUNDS);
    }

    /** Reads and forgets; returns 0, or -1 when the client has closed its side. */
    int discard(ByteBuffer scratch) throws IOException {
        int start = scratch.position();
        int count = source.read(scratch);
        scratch.position(start);
        thrownAway += Math.max(count, 0);
        if (thrownAway > MOST_THROWN_AWAY) {
            throw new IOException("the client sends on and on after its answer");
        }
        return Math.min(count, 0);
    }

    /** Waits as long as the client sends, but not for ever. */
    private void waitFor(long before, int rounds) {
        WorkerUtils.executeAfter(
                client.getIoThread(), () -> look(before, rounds - 1), SILENT_SECONDS, TimeUnit.SECONDS);
    }

    private void look(long before, int rounds) {
        if (client.isOpen() && thrownAway > before && rounds > 0) {
            waitFor(thrownAway, rounds);
        } else {
            IoUtils.safeClose(client);
        }
    }

    private void readable() {
        try (PooledByteBuffer pooled = pool.allocate()) {
            if (discard(pooled.getBuffer()) < 0) {
                IoUtils.safeClose(client);
            }
        } catch (IOException gone) {
            IoUtils.safeClose(client);
        }
    }
}
