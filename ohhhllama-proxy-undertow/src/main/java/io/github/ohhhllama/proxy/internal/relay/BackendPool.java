package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.util.WorkerUtils;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Keeps resting connections to Ollama for requests that may safely be sent twice; belongs to one I/O thread.
 *
 * <p>Go's server may close a resting connection at any moment, also just when a request is on its way. So what leaves here
 * was looked at first, and only requests without a body and without effect may use it.
 */
final class BackendPool {

    private static final int MOST_RESTING = 256;
    private static final long LONGEST_REST = TimeUnit.SECONDS.toNanos(15);

    private final XnioIoThread thread;
    private final Deque<BackendConnection> resting = new ArrayDeque<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(1);
    private boolean sweeping;
    private boolean closed;

    BackendPool(XnioIoThread thread) {
        this.thread = thread;
    }

    /** Returns the connection that rested the shortest, or null. */
    @Nullable BackendConnection take() {
        BackendConnection connection;
        while ((connection = resting.pollLast()) != null) {
            if (connection.isFresh(scratch)) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    /** Keeps a connection whose last answer was read to its end. */
    void put(BackendConnection connection) {
        if (closed || resting.size() >= MOST_RESTING) {
            connection.close();
            return;
        }
        connection.rest(System.nanoTime());
        resting.addLast(connection);
        sweepLater();
    }

    /** Closes all resting connections, and each that still comes back. */
    void close() {
        closed = true;
        resting.forEach(BackendConnection::close);
        resting.clear();
    }

    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            WorkerUtils.executeAfter(thread, this::sweep, LONGEST_REST, TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        long now = System.nanoTime();
        resting.removeIf(connection -> {
            boolean stale = !connection.isOpen() || now - connection.idleSince() >= LONGEST_REST;
            if (stale) {
                connection.close();
            }
            return stale;
        });
        if (!resting.isEmpty()) {
            sweepLater();
        }
    }
}
