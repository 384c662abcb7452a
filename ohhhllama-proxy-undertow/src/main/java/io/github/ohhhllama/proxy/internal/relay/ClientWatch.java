package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListeners;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;

/**
 * Hears of a client that leaves while something is waited for that it could be told.
 *
 * <p>Reads on the client's connection, so nothing may be written to it meanwhile: under TLS both change one state. As
 * Go's server does, it takes the end of the client's sending for its leaving. Used by one thread at a time.
 */
public final class ClientWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClientWatch.class);

    private final RequestGuard guard;
    private final StreamConnection client;
    private final Runnable left;

    private ClientWatch(RequestGuard guard, Runnable left) {
        this.guard = guard;
        this.client = guard.connection();
        this.left = left;
    }

    /**
     * Waits for something, watching the client meanwhile; what it sends is kept for its next request.
     *
     * @param exchange an exchange whose request was read to its end
     * @param left is told on an I/O thread that the client has left, and should have the waiting end
     * @param wait what to wait for, on this thread
     * @return what {@code wait} returned
     */
    public static <T> T during(HttpServerExchange exchange, Runnable left, Supplier<T> wait) {
        ClientWatch watch = new ClientWatch(RequestGuard.of(exchange), left);
        watch.onIoThread(watch::begin);
        try {
            return wait.get();
        } finally {
            watch.end();
        }
    }

    /**
     * Looks once whether the client is still there; what it sends is kept for its next request.
     *
     * @param exchange an exchange whose request was read to its end and to whom nobody writes now; looked at on its I/O
     *     thread
     * @return false if the client has left
     */
    public static boolean isThere(HttpServerExchange exchange) {
        return isThere(RequestGuard.of(exchange));
    }

    /** Returns when nothing is read any more. */
    private void end() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        boolean runs = onIoThread(() -> {
            guard.suspendReads();
            client.getSourceChannel().setReadListener(ChannelListeners.nullChannelListener());
            ended.complete(null);
        });
        if (runs) {
            ended.join();
        }
    }

    private boolean onIoThread(Runnable task) {
        XnioIoThread thread = client.getIoThread();
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException ended) {
            LOG.debug("{} ended, and {} with it", thread, client);
            return false;
        }
    }

    private void begin() {
        client.getSourceChannel().setReadListener(channel -> look());
        look();
    }

    private void look() {
        if (isThere(guard)) {
            guard.resumeWatch();
        } else {
            guard.suspendReads();
            left.run();
        }
    }

    private static boolean isThere(RequestGuard guard) {
        try {
            return guard.watch();
        } catch (IOException gone) {
            LOG.debug("{} is gone: {}", guard.connection(), gone.getMessage());
            return false;
        }
    }
}
