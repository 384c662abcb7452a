package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.Replies;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads a request's body whole, up to a bound, without holding a thread; the work goes on in a worker. */
final class RequestBody {

    /** Enough for every request that names a model. */
    static final int SMALL = 1 << 20;

    /** Enough for a create with templates, licences and messages; model files come as blobs. */
    static final int LARGE = 16 << 20;

    private final HttpServerExchange exchange;
    private final int most;
    private final Semaphore places;
    private final Reader reader;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean placed;
    private boolean refused;

    /** Takes a body in. */
    interface Reader {

        /**
         * Answers the request.
         *
         * @param exchange the exchange
         * @param body all of its body
         * @throws BadBodyException if the body is not what it should be
         */
        void accept(HttpServerExchange exchange, byte[] body) throws BadBodyException;
    }

    private RequestBody(HttpServerExchange exchange, int most, Semaphore places, Reader reader) {
        this.exchange = exchange;
        this.most = most;
        this.places = places;
        this.reader = reader;
    }

    /**
     * Reads a body of {@link #SMALL} bytes at most and hands it to a worker thread.
     *
     * @param exchange the exchange, nothing of whose body was read
     * @param reader what to do with exchange and body
     */
    static void read(HttpServerExchange exchange, Reader reader) {
        read(exchange, SMALL, new Semaphore(0), reader);
    }

    /**
     * Reads the body and hands it to a worker thread.
     *
     * @param exchange the exchange, nothing of whose body was read
     * @param most the bound in bytes; a longer body gets 413 as soon as it is seen to be one, and is forgotten
     * @param places one is taken by a body of more than {@link #SMALL} bytes until it is answered; it gets 503 without
     * @param reader what to do with exchange and body
     */
    static void read(HttpServerExchange exchange, int most, Semaphore places, Reader reader) {
        RequestBody body = new RequestBody(exchange, most, places, reader);
        long length = exchange.getRequestContentLength();
        if (length > most || !body.mayHold(length)) {
            exchange.dispatch(
                    exchange.isInIoThread() ? SameThreadExecutor.INSTANCE : exchange.getIoThread(),
                    length > most ? body::refuse : body::postpone);
            return;
        }
        Relay.invite(exchange);
        exchange.getRequestReceiver()
                .receivePartialBytes(
                        (whole, piece, last) -> body.take(piece, last), (broken, trouble) -> body.breakOff());
    }

    /**
     * Reads a body that means nothing, up to {@link #SMALL}, and hands the exchange over then; at once if there is none.
     *
     * @param exchange the exchange, nothing of whose body was read
     * @param handler what answers
     * @throws Exception if the handler fails
     */
    static void skip(HttpServerExchange exchange, HttpHandler handler) throws Exception {
        if (Relay.isComplete(exchange)) {
            handler.handleRequest(exchange);
        } else {
            read(exchange, (whole, ignored) -> exchange.dispatch(handler));
        }
    }

    private void take(byte[] piece, boolean last) {
        if (refused) {
            return;
        }
        if (kept.size() + piece.length > most) {
            refuse();
            return;
        }
        if (!mayHold(kept.size() + piece.length)) {
            postpone();
            return;
        }
        kept.writeBytes(piece);
        if (last) {
            byte[] body = kept.toByteArray();
            kept = new ByteArrayOutputStream(0);
            exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> reader.accept(exchange, body)));
        }
    }

    /** Returns whether so many bytes may be held, and takes a place for them if they need one. */
    private boolean mayHold(long bytes) {
        if (placed || bytes <= SMALL) {
            return true;
        }
        placed = places.tryAcquire();
        if (placed) {
            AtomicBoolean left = new AtomicBoolean();
            exchange.addExchangeCompleteListener((ended, next) -> {
                leave(left);
                next.proceed();
            });
            // A body that breaks off ends the connection, and no exchange.
            exchange.getConnection().addCloseListener(closed -> leave(left));
        }
        return placed;
    }

    private void leave(AtomicBoolean left) {
        if (left.compareAndSet(false, true)) {
            places.release();
        }
    }

    private void postpone() {
        refused = true;
        kept = new ByteArrayOutputStream(0);
        String text =
                "another request of more than " + SMALL + " bytes is being answered: send this one again after it";
        Answers.retryAfter(exchange, Duration.ofSeconds(1));
        Relay.refuse(exchange, StatusCodes.SERVICE_UNAVAILABLE, Replies.error(text));
    }

    private void refuse() {
        refused = true;
        kept = new ByteArrayOutputStream(0);
        String text = "the request body is larger than the " + most + " bytes that are expected here at most";
        Relay.refuse(exchange, StatusCodes.REQUEST_ENTITY_TOO_LARGE, Replies.error(text));
    }

    private void breakOff() {
        if (refused) {
            exchange.endExchange();
        } else {
            exchange.setPersistent(false);
            Answers.error(exchange, StatusCodes.BAD_REQUEST, "unexpected EOF");
        }
    }
}
