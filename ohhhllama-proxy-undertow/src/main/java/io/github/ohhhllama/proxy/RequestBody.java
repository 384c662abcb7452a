package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.undertow.io.Receiver;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;

/** Reads a request's body whole, up to a bound, without holding a thread; the work goes on in a worker. */
final class RequestBody {

    /** Enough for every request that names a model. */
    static final int SMALL = 1 << 20;

    /** Enough for a create with templates, licences and messages; model files come as blobs. */
    static final int LARGE = 16 << 20;

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

    private RequestBody() {}

    /**
     * Reads the body and hands it to a worker thread.
     *
     * @param exchange the exchange, nothing of whose body was read
     * @param most the bound in bytes; a longer body is answered with 413 while it is being read
     * @param reader what to do with exchange and body
     */
    static void read(HttpServerExchange exchange, int most, Reader reader) {
        if (exchange.getRequestContentLength() > most) {
            tooLarge(exchange, most);
            return;
        }
        Receiver receiver = exchange.getRequestReceiver();
        receiver.setMaxBufferSize(most);
        receiver.receiveFullBytes(
                (whole, body) ->
                        whole.dispatch((Runnable) () -> Answers.guarded(whole, () -> reader.accept(whole, body))),
                (broken, trouble) -> {
                    if (trouble instanceof Receiver.RequestToLargeException) {
                        tooLarge(broken, most);
                    } else {
                        broken.setPersistent(false);
                        Answers.error(broken, StatusCodes.BAD_REQUEST, "unexpected EOF");
                    }
                });
    }

    private static void tooLarge(HttpServerExchange exchange, int most) {
        // The rest of the body is thrown away as it comes: a client that met a closed connection would not see the
        // answer.
        Answers.error(
                exchange,
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                "the request body is larger than the " + most + " bytes that are expected here at most");
    }
}
