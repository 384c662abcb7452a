package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.client.RequestTarget;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.HashMap;
import java.util.Map;

/**
 * Is the one table of what is answered here; everything else passes through to Ollama.
 *
 * <p>A path is decoded once and not cleaned, as Ollama's routers do, so that every spelling that reaches its handlers
 * finds ours first.
 */
final class Routes implements HttpHandler {

    private final Map<String, HttpHandler> handlers = new HashMap<>();
    private final HttpHandler otherwise;

    /**
     * Creates a table without rows.
     *
     * @param otherwise gets what no row fits
     */
    Routes(HttpHandler otherwise) {
        this.otherwise = otherwise;
    }

    /**
     * Adds a row.
     *
     * @param method the method, in its exact case
     * @param path the decoded path
     * @param handler what answers
     */
    Routes on(String method, String path, HttpHandler handler) {
        handlers.put(method + ' ' + path, handler);
        return this;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String path = RequestTarget.of(Relay.rawTarget(exchange)).path();
        handlers.getOrDefault(exchange.getRequestMethod().toString() + ' ' + path, otherwise)
                .handleRequest(exchange);
    }
}
