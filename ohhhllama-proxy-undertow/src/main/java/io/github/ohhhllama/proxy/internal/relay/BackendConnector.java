package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoFuture;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/** Opens connections to Ollama; thread-safe. */
final class BackendConnector {

    /** Hears how an attempt ended, on the I/O thread it was made on; exactly one of the two is called. */
    interface Outcome {

        void connected(BackendConnection connection);

        void failed(String reason);
    }

    private static final int HTTP_PORT = 80;
    private static final int RESOLVERS = 2;
    private static final int RESOLVER_IDLE_SECONDS = 10;
    private static final OptionMap OPTIONS = OptionMap.create(Options.TCP_NODELAY, true, Options.KEEP_ALIVE, true);

    private final String host;
    private final int port;
    private final boolean literal;
    private final Duration timeout;

    /** The system's resolver blocks: not on I/O threads, nor behind workers that may wait for Ollama themselves. */
    private final ExecutorService resolvers = resolvers();

    BackendConnector(URI backend, Duration timeout) {
        if (!"http".equals(backend.getScheme()) || backend.getHost() == null) {
            throw new IllegalArgumentException("backend must be like http://127.0.0.1:11435, was " + backend);
        }
        this.host = backend.getHost();
        this.port = backend.getPort() < 0 ? HTTP_PORT : backend.getPort();
        this.literal = isLiteral(host);
        this.timeout = timeout;
    }

    /** Returns host and port as they stand in a {@code Host} field. */
    String authority() {
        return port == HTTP_PORT ? host : host + ":" + port;
    }

    /** Starts an attempt that is over after the timeout at the latest. */
    void connect(XnioIoThread thread, Outcome outcome) {
        Attempt attempt = new Attempt(thread, outcome);
        attempt.alarm = WorkerUtils.executeAfter(
                thread,
                () -> attempt.giveUp("no connection within " + timeout.toMillis() + " ms"),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        if (literal) {
            attempt.connect(address());
        } else {
            resolvers.execute(() -> resolve(attempt));
        }
    }

    private void resolve(Attempt attempt) {
        // Where the resolver takes longer than attempts do, those that are over would keep it from the others.
        if (!attempt.over) {
            InetSocketAddress address = address();
            WorkerUtils.executeAfter(attempt.thread, () -> attempt.connect(address), 0, TimeUnit.MILLISECONDS);
        }
    }

    private static boolean isLiteral(String host) {
        return host.equals("localhost") || host.startsWith("[") || host.chars().allMatch(c -> c == '.' || c <= '9');
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /** Its threads end when there has been nothing to do for a while. */
    private static ExecutorService resolvers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                RESOLVERS, RESOLVERS, RESOLVER_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "ohhhllama-resolver");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Sees to it that an attempt has one outcome; lives on its I/O thread, others see whether it is over. */
    private static final class Attempt {
        private final XnioIoThread thread;
        private final Outcome outcome;
        private XnioExecutor.@Nullable Key alarm;
        private @Nullable IoFuture<StreamConnection> opening;
        private volatile boolean over;

        private Attempt(XnioIoThread thread, Outcome outcome) {
            this.thread = thread;
            this.outcome = outcome;
        }

        private void connect(InetSocketAddress address) {
            if (over) {
                return;
            }
            if (address.isUnresolved()) {
                fail("the name " + address.getHostString() + " has no address");
                return;
            }
            opening = thread.openStreamConnection(address, null, OPTIONS);
            opening.addNotifier((settled, none) -> settle(settled), null);
        }

        /** In this order: cancelling settles the future, and would give a reason of its own. */
        private void giveUp(String reason) {
            fail(reason);
            if (opening != null) {
                opening.cancel();
            }
        }

        private void settle(IoFuture<? extends StreamConnection> future) {
            switch (future.getStatus()) {
                case DONE -> connected(future);
                case FAILED -> fail(reason(future.getException()));
                default -> fail("the attempt was cancelled");
            }
        }

        private void connected(IoFuture<? extends StreamConnection> future) {
            try {
                StreamConnection connection = future.get();
                if (end()) {
                    outcome.connected(new BackendConnection(connection));
                } else {
                    IoUtils.safeClose(connection);
                }
            } catch (IOException e) {
                fail(reason(e));
            }
        }

        private void fail(String reason) {
            if (end()) {
                outcome.failed(reason);
            }
        }

        private boolean end() {
            boolean first = !over;
            over = true;
            if (alarm != null) {
                alarm.remove();
            }
            return first;
        }

        private static String reason(IOException e) {
            String message = e.getMessage();
            return (message == null ? e.getClass().getSimpleName() : message).toLowerCase(Locale.ROOT);
        }
    }
}
