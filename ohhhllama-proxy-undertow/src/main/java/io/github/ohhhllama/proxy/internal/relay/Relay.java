package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;

/**
 * Passes requests on to Ollama and its answers back, byte for byte, each piece as soon as it has come.
 *
 * <p>Works on exchanges of a {@link FrontServer} and on those that passed an {@link Adoption}. What the caller may change before: remove fields from
 * {@link HttpServerExchange#getRequestHeaders()}, then they do not go to Ollama; put fields into
 * {@link HttpServerExchange#getResponseHeaders()}, then they go to the client with the answer, in place of Ollama's of the
 * same name ({@code Vary}: beside them). Exchange complete listeners see the status that the client got; Undertow's
 * response wrappers and commit listeners are not asked, since its response channel is not used.
 *
 * <p>Thread-safe. An exchange may be handed over on any thread; from then on it lives on its I/O thread.
 */
public final class Relay implements HttpHandler, AutoCloseable {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER_SIZE = 1 << 16;
    private static final int BUFFERS_KEPT = 64;
    private static final int BUFFERS_KEPT_PER_THREAD = 8;
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final BackendConnector connector;
    private final Traffic traffic;
    private final ByteBufferPool buffers =
            new DefaultByteBufferPool(true, BUFFER_SIZE, BUFFERS_KEPT, BUFFERS_KEPT_PER_THREAD);
    private final Map<XnioIoThread, Upstream> upstreams = new ConcurrentHashMap<>();

    /**
     * Makes a relay that has not connected yet.
     *
     * @param backend where Ollama listens, like {@code http://127.0.0.1:11435}
     * @param connectTimeout how long to wait for a connection; nothing else is ever timed out
     * @param traffic hears of every exchange
     * @throws IllegalArgumentException if {@code backend} is not an http URI with a host
     */
    public Relay(URI backend, Duration connectTimeout, Traffic traffic) {
        this.connector = new BackendConnector(backend, connectTimeout);
        this.traffic = traffic;
    }

    /** Passes on a request whose body nobody has read yet. */
    @Override
    public void handleRequest(HttpServerExchange exchange) {
        relay(exchange, RequestGuard.of(exchange), null, null);
    }

    /**
     * Passes on a request with another body, framed by {@code Content-Length}.
     *
     * @param exchange a request whose own body was read to its end
     * @param body what Ollama gets instead
     */
    public void relay(HttpServerExchange exchange, byte[] body) {
        relay(exchange, RequestGuard.of(exchange), body, null);
    }

    /**
     * Passes on a request with another body, framed by {@code Content-Length}, and has its answer looked at.
     *
     * @param exchange a request whose own body was read to its end
     * @param body what Ollama gets instead
     * @param judge sees the answer before the client does
     */
    public void relay(HttpServerExchange exchange, byte[] body, AnswerJudge judge) {
        relay(exchange, RequestGuard.of(exchange), body, judge);
    }

    /** Returns a request's target as it was judged and goes on. */
    public static RequestTarget target(HttpServerExchange exchange) {
        String raw = rawTarget(exchange);
        return RequestTarget.parse(raw)
                .orElseThrow(() -> new IllegalStateException("expected a target that was let in, got " + raw));
    }

    /** Returns a request's target as the client wrote it, one char per byte, neither decoded nor cleaned. */
    public static String rawTarget(HttpServerExchange exchange) {
        return RequestTarget.verbatim(RequestGuard.of(exchange).head().startLine());
    }

    /**
     * Returns the name by which a request calls this host, one char per byte: the authority of a target in absolute form,
     * else the {@code Host}; null if there is none, which HTTP/1.0 allows.
     */
    public static @Nullable String host(HttpServerExchange exchange, RequestTarget target) {
        if (target.authority() != null) {
            return target.authority();
        }
        List<String> hosts = RequestGuard.of(exchange).head().values(StandardField.HOST);
        return hosts.isEmpty() ? null : hosts.get(0);
    }

    /**
     * Tells a client that waits for {@code 100 Continue} to send its body, which is about to be read here: as Go's server
     * does. Nothing is said to one whose request has no body or who does not wait.
     *
     * @param exchange a request nothing of whose body was read, on its I/O thread
     */
    public static void invite(HttpServerExchange exchange) {
        RequestGuard guard = RequestGuard.of(exchange);
        if (exchange.isHttp11() && guard.head().has(StandardField.EXPECT) && !guard.isRequestComplete()) {
            if (!guard.say(ByteBuffer.wrap(CONTINUE))) {
                guard.sayFarewell();
            }
        }
    }

    /** Returns whether a request has come to its end, so that whatever is answered is the answer to all of it. */
    public static boolean isComplete(HttpServerExchange exchange) {
        return RequestGuard.of(exchange).isRequestComplete();
    }

    /**
     * Refuses a request whose body has not come to its end: the answer leaves at once, and the connection ends when the
     * client has seen it.
     *
     * @param exchange a request that nobody has answered; dispatched or being read
     * @param status the status code
     * @param json the body
     */
    public static void refuse(HttpServerExchange exchange, int status, byte[] json) {
        part(exchange, status, OwnAnswer.of(exchange, status, json, false));
    }

    /**
     * Answers a request without a body of ours, and whose own has not come to its end: at once, and the connection ends when
     * the client has seen it.
     *
     * @param exchange a request that nobody has answered, in the call of its handler
     * @param status the status code
     */
    public static void end(HttpServerExchange exchange, int status) {
        // Dispatched, since Undertow ends an exchange whose handler returns and leaves nothing behind.
        exchange.dispatch(
                exchange.isInIoThread() ? SameThreadExecutor.INSTANCE : exchange.getIoThread(),
                () -> part(exchange, status, OwnAnswer.empty(exchange, status)));
    }

    private static void part(HttpServerExchange exchange, int status, ByteBuffer answer) {
        RequestGuard guard = RequestGuard.of(exchange);
        exchange.setStatusCode(status);
        guard.say(answer);
        guard.sayFarewell();
    }

    /** Closes the resting connections; exchanges in progress go on. */
    @Override
    public void close() {
        upstreams.forEach(Relay::closePool);
    }

    private static void closePool(XnioIoThread thread, Upstream upstream) {
        try {
            thread.execute(upstream.pool()::close);
        } catch (RejectedExecutionException ended) {
            // A thread of somebody else's server, which closed all its connections when it ended.
            LOG.debug("the connections of {} ended with it", thread);
        }
    }

    private void relay(
            HttpServerExchange exchange, RequestGuard guard, byte @Nullable [] body, @Nullable AnswerJudge judge) {
        XnioIoThread thread = exchange.getIoThread();
        Upstream upstream = upstreams.computeIfAbsent(thread, this::upstream);
        ForwardedRequest message =
                new ForwardedRequest(guard.head(), exchange.getRequestHeaders(), connector.authority(), body);
        Executor executor = exchange.isInIoThread() ? SameThreadExecutor.INSTANCE : thread;
        exchange.dispatch(executor, new RelayedExchange(exchange, upstream, guard, message, judge)::start);
    }

    private Upstream upstream(XnioIoThread thread) {
        return new Upstream(connector, new BackendPool(thread), buffers, traffic);
    }
}
