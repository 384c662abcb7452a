package io.github.ohhhllama.proxy;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.util.StatusCodes;
import java.time.Duration;

/** Tells newcomers that the house is closing, and waits until those inside have left. Thread-safe. */
final class Closing implements HttpHandler {

    private final GracefulShutdownHandler inside;
    private volatile boolean begun;

    Closing(GracefulShutdownHandler inside) {
        this.inside = inside;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (begun) {
            exchange.setPersistent(false);
            Answers.error(exchange, StatusCodes.SERVICE_UNAVAILABLE, "ohhhllama is stopping");
        } else {
            inside.handleRequest(exchange);
        }
    }

    /** Turns newcomers away from now on. */
    void begin() {
        begun = true;
        inside.shutdown();
    }

    /**
     * Waits until nobody is inside.
     *
     * @param patience how long at most
     */
    void await(Duration patience) {
        try {
            inside.awaitShutdown(patience.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
