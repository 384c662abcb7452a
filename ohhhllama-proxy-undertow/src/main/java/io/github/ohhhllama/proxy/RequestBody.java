package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.ByteArrayOutputStream;

/** Reads a request's body whole, up to a bound, without holding a thread; the work goes on in a worker. */
final class RequestBody {

    /** Enough for every request that names a model. */
    static final int SMALL = 1 << 20;

    /** Enough for a create with templates, licences and messages; model files come as blobs. */
    static final int LARGE = 16 << 20;

    /** So much of a body that is too large is thrown away; a client that met a closed connection would see no answer. */
    private static final long MOST_THROWN_AWAY = 64L << 20;

    private final HttpServerExchange exchange;
    private final int most;
    private final Reader reader;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long count;
    private boolean answered;

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
     * @param most the bound in bytes; of a longer body nothing is kept, and the answer is 413
     * @param reader what to do with exchange and body
     */
    static void read(HttpServerExchange exchange, int most, Reader reader) {
        RequestBody body = new RequestBody(exchange, most, reader);
        if (exchange.getRequestContentLength() > MOST_THROWN_AWAY) {
            body.breakOff(StatusCodes.REQUEST_ENTITY_TOO_LARGE, body.tooLarge());
            return;
        }
        Relay.invite(exchange);
        exchange.getRequestReceiver()
                .receivePartialBytes(
                        (whole, piece, last) -> body.take(piece, last),
                        (broken, trouble) -> body.breakOff(StatusCodes.BAD_REQUEST, "unexpected EOF"));
    }

    private void take(byte[] piece, boolean last) {
        count += piece.length;
        if (count <= most) {
            kept.writeBytes(piece);
        } else {
            kept.reset();
        }
        if (count > MOST_THROWN_AWAY) {
            breakOff(StatusCodes.REQUEST_ENTITY_TOO_LARGE, tooLarge());
        } else if (last && count > most) {
            Answers.error(exchange, StatusCodes.REQUEST_ENTITY_TOO_LARGE, tooLarge());
        } else if (last) {
            byte[] body = kept.toByteArray();
            exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> reader.accept(exchange, body)));
        }
    }

    private void breakOff(int status, String text) {
        if (!answered) {
            answered = true;
            exchange.setPersistent(false);
            Answers.error(exchange, status, text);
        }
    }

    private String tooLarge() {
        return "the request body is larger than the " + most + " bytes that are expected here at most";
    }
}
