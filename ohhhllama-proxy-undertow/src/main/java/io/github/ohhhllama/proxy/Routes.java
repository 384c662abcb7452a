package io.github.ohhhllama.proxy;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.HashMap;
import java.util.Map;

/** Is the one table of what is answered here; everything else passes through to Ollama. */
final class Routes {

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

    /**
     * Hands a request to the row that fits it.
     *
     * @param exchange the exchange
     * @param path its path, decoded once and not cleaned, as Ollama's routers compare it
     * @throws Exception if the handler fails
     */
    void route(HttpServerExchange exchange, String path) throws Exception {
        handlers.getOrDefault(exchange.getRequestMethod().toString() + ' ' + path, otherwise)
                .handleRequest(exchange);
    }

    /**
     * Hands a request to Ollama, whatever it is.
     *
     * @param exchange the exchange
     * @throws Exception if that fails
     */
    void passOn(HttpServerExchange exchange) throws Exception {
        otherwise.handleRequest(exchange);
    }
}
