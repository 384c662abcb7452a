package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.Replies;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.ByteArrayOutputStream;

/** Reads a request's body whole, up to a bound, without holding a thread; the work goes on in a worker. */
final class RequestBody {

    /** Enough for every request that names a model. */
    static final int SMALL = 1 << 20;

    /** Enough for a create with templates, licences and messages; model files come as blobs. */
    static final int LARGE = 16 << 20;

    private final HttpServerExchange exchange;
    private final int most;
    private final Reader reader;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
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

    private RequestBody(HttpServerExchange exchange, int most, Reader reader) {
        this.exchange = exchange;
        this.most = most;
        this.reader = reader;
    }

    /**
     * Reads the body and hands it to a worker thread.
     *
     * @param exchange the exchange, nothing of whose body was read
     * @param most the bound in bytes; a longer body gets 413 as soon as it is seen to be one, and is forgotten
     * @param reader what to do with exchange and body
     */
    static void read(HttpServerExchange exchange, int most, Reader reader) {
        RequestBody body = new RequestBody(exchange, most, reader);
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
            read(exchange, SMALL, (whole, ignored) -> exchange.dispatch(handler));
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
        kept.writeBytes(piece);
        if (last) {
            byte[] body = kept.toByteArray();
            exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> reader.accept(exchange, body)));
        }
    }

    private void refuse() {
        refused = true;
        kept.reset();
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
