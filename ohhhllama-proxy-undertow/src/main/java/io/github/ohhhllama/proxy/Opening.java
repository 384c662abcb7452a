package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.json.Replies;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the lines of one who waits, if it takes long to find out what is to be waited for: clients give up that see no
 * head. One thread finds out and closes; the connection's own thread begins.
 */
final class Opening {

    /** By then a refusal has come, which is a status of its own, unless Ollama or a registry is silent. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final HttpServerExchange exchange;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<LineStream> begun = new CompletableFuture<>();

    private Opening(HttpServerExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Begins the answer in a moment, unless it is closed before.
     *
     * @param exchange the exchange, the answer to which has not begun
     */
    static Opening soon(HttpServerExchange exchange) {
        Opening opening = new Opening(exchange);
        WorkerUtils.executeAfter(exchange.getIoThread(), opening::begin, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return opening;
    }

    /** Returns the lines if they have begun; if not, they will not. */
    Optional<LineStream> close() {
        return taken.compareAndSet(false, true) ? Optional.empty() : Optional.of(begun.join());
    }

    private void begin() {
        if (!taken.compareAndSet(false, true)) {
            return;
        }
        try {
            LineStream lines = new LineStream(exchange);
            begin(lines);
            begun.complete(lines);
        } catch (RuntimeException unplanned) {
            begun.completeExceptionally(unplanned);
        }
    }

    private void begin(LineStream lines) {
        try {
            lines.begin(Replies.statusLine("pulling manifest"));
        } catch (IOException gone) {
            LOG.debug("the client of {} left before it heard anything", exchange);
        }
    }
}
