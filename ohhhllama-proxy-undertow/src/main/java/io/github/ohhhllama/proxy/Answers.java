package io.github.ohhhllama.proxy;

import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.Replies;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what the proxy itself has to say, in Ollama's form. */
final class Answers {

    private static final String JSON = "application/json";

    /** As Ollama has it where it finds a request to be none, and nowhere else. */
    private static final String INVALID = "application/json; charset=utf-8";

    private static final String ADVICE = ". Start Ollama there, or set OLLAMA_BACKEND to the address where it runs.";

    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final HttpString RETRY_AFTER = Headers.RETRY_AFTER;
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /** Work on a request that may find the request bad. */
    interface Work {

        /**
         * Does the work.
         *
         * @throws BadBodyException if the body is not what it should be
         */
        void run() throws BadBodyException;
    }

    private Answers() {}

    /**
     * Sends a whole JSON answer and ends the exchange.
     *
     * @param exchange the exchange
     * @param status the status code
     * @param json the body
     */
    static void json(HttpServerExchange exchange, int status, byte[] json) {
        send(exchange, status, JSON, json);
    }

    /**
     * Sends a whole answer and ends the exchange, on the connection's own thread: a worker that were interrupted
     * between the answer's last byte and the end of the exchange would make that thread, and with it every connection
     * it serves, spin until the worker goes on (Undertow 2.4's {@code HttpReadListener}).
     *
     * @param exchange the exchange
     * @param status the status code
     * @param contentType what the body is
     * @param body the body
     */
    static void send(HttpServerExchange exchange, int status, String contentType, byte[] body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
        if (exchange.isInIoThread()) {
            exchange.getResponseSender().send(ByteBuffer.wrap(body));
        } else {
            try {
                exchange.dispatch(
                        exchange.getIoThread(),
                        () -> exchange.getResponseSender().send(ByteBuffer.wrap(body)));
            } catch (RejectedExecutionException ended) {
                LOG.debug("{} ended with its listener, before it was answered", exchange);
            }
        }
    }

    /**
     * Sends {@code {"error":"…"}} and ends the exchange.
     *
     * @param exchange the exchange
     * @param status the status code
     * @param text what is wrong, and what was expected
     */
    static void error(HttpServerExchange exchange, int status, String text) {
        json(exchange, status, Replies.error(text));
    }

    /**
     * Tells the client when to come back.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param pause how long to wait, rounded up to whole seconds, one at least
     */
    static void retryAfter(HttpServerExchange exchange, Duration pause) {
        long seconds = Math.max(1, pause.plusMillis(999).toSeconds());
        exchange.getResponseHeaders().put(RETRY_AFTER, Long.toString(seconds));
    }

    /**
     * Returns when to ask for an entry again: when the queue starts; every minute while it runs, as nobody knows when this
     * model will be here.
     *
     * @param entry what is waited for
     * @param now the moment
     */
    static Duration pause(QueueEntry entry, Instant now) {
        Duration pause = entry.standing()
                .map(place -> Duration.between(now, place.startsAt()))
                .orElse(Duration.ZERO);
        return pause.compareTo(BETWEEN_LOOKS) < 0 ? BETWEEN_LOOKS : pause;
    }

    /**
     * Does the work and turns what goes wrong into the answer that fits it.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param work what to do
     */
    static void guarded(HttpServerExchange exchange, Work work) {
        try {
            work.run();
        } catch (BadBodyException bad) {
            send(exchange, StatusCodes.BAD_REQUEST, INVALID, Replies.error(String.valueOf(bad.getMessage())));
        } catch (InvalidModelNameException bad) {
            send(exchange, StatusCodes.BAD_REQUEST, INVALID, Replies.error(bad.getMessage()));
        } catch (QueueStorageException trouble) {
            boolean full = trouble.reason() == QueueStorageException.Reason.FULL;
            error(
                    exchange,
                    full ? StatusCodes.INSUFFICIENT_STORAGE : StatusCodes.SERVICE_UNAVAILABLE,
                    trouble.getMessage());
        } catch (OllamaException trouble) {
            boolean silent = trouble.failure() == PullFailure.NETWORK;
            error(exchange, StatusCodes.BAD_GATEWAY, trouble.getMessage() + (silent ? ADVICE : ""));
        } catch (RuntimeException unplanned) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestPath(), unplanned);
            if (exchange.isResponseStarted()) {
                exchange.setPersistent(false);
                exchange.endExchange();
            } else {
                error(exchange, StatusCodes.INTERNAL_SERVER_ERROR, "ohhhllama failed, its log says why");
            }
        }
    }
}
