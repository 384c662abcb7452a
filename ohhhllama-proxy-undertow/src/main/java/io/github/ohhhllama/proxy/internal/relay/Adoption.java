package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.conduits.ChunkedStreamSourceConduit;
import io.undertow.conduits.FixedLengthStreamSourceConduit;
import io.undertow.conduits.ReadDataStreamSourceConduit;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Headers;
import io.undertow.util.ImmediatePooledByteBuffer;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Takes requests over from a listener that is not a {@link FrontServer}, so that the rest of each has a
 * {@link RequestGuard} below it.
 *
 * <p>Undertow has read the head by then, in its own lenient way: what goes on is what it understood, judged by the same
 * {@link RequestRules} and written anew. Of the body it has decoded nothing, so its framing is checked as strictly as ever.
 * Thread-safe.
 */
public final class Adoption implements HttpHandler {

    private static final String ONLY_HTTP_1 =
            "{\"error\":\"Ollama's protocol is HTTP/1.1, expected this listener to speak that\"}";

    private final HttpHandler next;
    private final StallWatches stalls = new StallWatches(SocketTable.LINUX);

    /**
     * Puts itself before a handler.
     *
     * @param next gets every request that is one
     */
    public Adoption(HttpHandler next) {
        this.next = next;
    }

    /**
     * Hands a request on, or refuses it.
     *
     * @throws IllegalStateException if somebody has read from its body before
     * @throws Exception if the handler fails
     */
    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (!(exchange.getConnection() instanceof HttpServerConnection connection)) {
            exchange.setStatusCode(StatusCodes.HTTP_VERSION_NOT_SUPPORTED);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseSender().send(ONLY_HTTP_1);
            return;
        }
        if (isAdopted(exchange, connection)) {
            next.handleRequest(exchange);
        }
    }

    /** Puts a guard below the exchange, or refuses it. */
    private boolean isAdopted(HttpServerExchange exchange, HttpServerConnection connection) {
        RequestGuard guard = new RequestGuard(
                connection.getChannel(),
                connection.getOriginalSourceConduit(),
                connection.getByteBufferPool(),
                stalls.of(connection.getIoThread()));
        try {
            UnbufferedPipeline.lay(connection);
            MessageHead head = UnderstoodHead.of(exchange);
            Refusal refusal = RequestRules.refusal(head);
            if (refusal == null) {
                adopt(exchange, connection, guard, head);
            } else {
                refuse(exchange, guard, refusal);
            }
            return refusal == null;
        } catch (MalformedMessageException malformed) {
            refuse(exchange, guard, Refusal.BAD_REQUEST);
        } catch (IOException gone) {
            IoUtils.safeClose(connection);
        }
        return false;
    }

    private static void refuse(HttpServerExchange exchange, RequestGuard guard, Refusal refusal) {
        exchange.dispatch(
                exchange.isInIoThread() ? SameThreadExecutor.INSTANCE : exchange.getIoThread(),
                () -> guard.refuse(refusal));
    }

    private static void adopt(
            HttpServerExchange exchange, HttpServerConnection connection, RequestGuard guard, MessageHead head) {
        boolean bodiless = RequestRules.framing(head).isComplete();
        if (!bodiless && isTouched(exchange, connection)) {
            throw new IllegalStateException(
                    "something has read from the body of " + exchange + ", expected no such handler before this one");
        }
        guard.adopt(exchange, head, ahead(connection));
        if (!bodiless) {
            StreamSourceConduit checked = new ReadDataStreamSourceConduit(guard, connection);
            connection.getChannel().getSourceChannel().setConduit(decoder(exchange, checked));
        }
        exchange.addExchangeCompleteListener((ended, others) -> {
            ByteBuffer early = guard.release();
            if (early.hasRemaining()) {
                connection.ungetRequestBytes(new ImmediatePooledByteBuffer(early));
            }
            others.proceed();
        });
    }

    private static boolean isTouched(HttpServerExchange exchange, HttpServerConnection connection) {
        if (exchange.isRequestComplete() || !exchange.isRequestChannelAvailable()) {
            return true;
        }
        ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
        if (source.getConduit() instanceof FixedLengthStreamSourceConduit fixed) {
            return fixed.getRemaining() != exchange.getRequestContentLength();
        }
        return !(source.getConduit() instanceof ChunkedStreamSourceConduit chunked) || chunked.isFinished();
    }

    /** Takes what Undertow has read beyond the head. */
    private static ByteBuffer ahead(HttpServerConnection connection) {
        PooledByteBuffer extra = connection.getExtraBytes();
        if (extra == null) {
            return ByteBuffer.allocate(0);
        }
        connection.setExtraBytes(null);
        try (extra) {
            ByteBuffer bytes = extra.getBuffer();
            return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        }
    }

    /** Returns what Undertow itself would have put there, for handlers that read the body through it. */
    private static StreamSourceConduit decoder(HttpServerExchange exchange, StreamSourceConduit checked) {
        if (exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)) {
            return new ChunkedStreamSourceConduit(checked, exchange, done -> Connectors.terminateRequest(exchange));
        }
        return new FixedLengthStreamSourceConduit(
                checked,
                exchange.getRequestContentLength(),
                done -> {
                    if (done.getRemaining() > 0) {
                        exchange.setPersistent(false);
                    }
                    Connectors.terminateRequest(exchange);
                },
                exchange);
    }
}
