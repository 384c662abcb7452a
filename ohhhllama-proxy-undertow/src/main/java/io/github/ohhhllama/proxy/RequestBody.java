package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.Places.Place;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.Replies;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import io.undertow.util.WorkerUtils;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/** Reads a request's body whole, up to a bound, without holding a thread; the work goes on in a worker. */
final class RequestBody {

    /** Enough for every request that names a model. */
    static final int SMALL = 1 << 20;

    /** Enough for a create with templates, licences and messages; model files come as blobs. */
    static final int LARGE = 8 << 20;

    /** A body that has a place, which others may wait for, has to bring so many bytes in each of these. */
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private static final int LEAST = 1 << 16;

    private static final byte[] NOTHING = {};

    private final HttpServerExchange exchange;
    private final int most;
    private final Places places;
    private final Reader reader;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private byte[] whole = NOTHING;
    private Optional<Place> place = Optional.empty();
    private XnioExecutor.@Nullable Key hurry;
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

    private RequestBody(HttpServerExchange exchange, int most, Places places, Reader reader) {
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
        read(exchange, SMALL, new Places(0), reader);
    }

    /**
     * Reads the body and hands it to a worker thread.
     *
     * @param exchange the exchange, nothing of whose body was read
     * @param most the bound in bytes; a longer body gets 413 as soon as it is seen to be one, and is forgotten
     * @param places one is taken by a body as soon as more than {@link #SMALL} bytes of it have come, until the reader is
     *     done; without one it gets 503
     * @param reader what to do with exchange and body
     */
    static void read(HttpServerExchange exchange, int most, Places places, Reader reader) {
        RequestBody body = new RequestBody(exchange, most, places, reader);
        if (exchange.getRequestContentLength() > most) {
            exchange.dispatch(
                    exchange.isInIoThread() ? SameThreadExecutor.INSTANCE : exchange.getIoThread(), body::refuse);
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
        if (!mayKeep(kept.size() + piece.length)) {
            postpone();
            return;
        }
        kept.writeBytes(piece);
        if (last) {
            whole = kept.toByteArray();
            forget();
            exchange.dispatch(this::answer);
        }
    }

    /** Runs on a worker, which remembers its last task for as long as it rests; so nothing large is kept in it. */
    private void answer() {
        byte[] body = whole;
        whole = NOTHING;
        try {
            Answers.guarded(exchange, () -> reader.accept(exchange, body));
        } finally {
            place.ifPresent(Place::leave);
        }
    }

    /** Returns whether so many bytes may be kept, and takes a place for them if they need one. */
    private boolean mayKeep(int bytes) {
        if (bytes <= SMALL || place.isPresent()) {
            return true;
        }
        place = places.take();
        place.ifPresent(taken -> {
            // A body that breaks off ends the connection, and no exchange; and a connection keeps its listeners.
            AtomicReference<RequestBody> reading = new AtomicReference<>(this);
            exchange.getConnection().addCloseListener(closed -> release(reading));
            exchange.addExchangeCompleteListener((ended, next) -> {
                release(reading);
                next.proceed();
            });
            hurry(bytes);
        });
        return place.isPresent();
    }

    private void hurry(int before) {
        hurry = WorkerUtils.executeAfter(
                exchange.getIoThread(),
                () -> {
                    if (kept.size() >= before + LEAST) {
                        hurry(kept.size());
                    } else if (exchange.getConnection().isOpen()) {
                        refuse(
                                StatusCodes.REQUEST_TIME_OUT,
                                "less than " + LEAST + " bytes of the request body came in " + PERIOD.toSeconds()
                                        + " s");
                    }
                },
                PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Forgets what came of the body, and hurries nobody any more. */
    private void forget() {
        kept = new ByteArrayOutputStream(0);
        if (hurry != null) {
            hurry.remove();
            hurry = null;
        }
    }

    private static void release(AtomicReference<RequestBody> reading) {
        RequestBody body = reading.getAndSet(null);
        if (body != null) {
            body.release();
        }
    }

    private void release() {
        forget();
        place.ifPresent(Place::leave);
    }

    private void postpone() {
        Answers.retryAfter(exchange, Duration.ofSeconds(1));
        refuse(
                StatusCodes.SERVICE_UNAVAILABLE,
                "another request of more than " + SMALL + " bytes is being read: send this one again after it");
    }

    private void refuse() {
        refuse(
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                "the request body is larger than the " + most + " bytes that are expected here at most");
    }

    private void refuse(int status, String text) {
        refused = true;
        release();
        Relay.refuse(exchange, status, Replies.error(text));
    }

    private void breakOff() {
        release();
        if (refused) {
            exchange.endExchange();
        } else {
            exchange.setPersistent(false);
            Answers.error(exchange, StatusCodes.BAD_REQUEST, "unexpected EOF");
        }
    }
}
