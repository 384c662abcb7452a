package io.github.ohhhllama.proxy;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.GracefulShutdownHandler;
import java.time.Duration;

/** Sends newcomers elsewhere when the house is closing, and waits until those inside have left. Thread-safe. */
final class Closing implements HttpHandler {

    private final GracefulShutdownHandler inside;
    private final HttpHandler outside;
    private volatile boolean begun;

    /**
     * Opens the house.
     *
     * @param inside answers while it is open
     * @param outside answers afterwards, and should be quick about it
     */
    Closing(GracefulShutdownHandler inside, HttpHandler outside) {
        this.inside = inside;
        this.outside = outside;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (begun) {
            exchange.setPersistent(false);
            outside.handleRequest(exchange);
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
