package io.github.ohhhllama.proxy;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Is the one table of what is answered here; everything else passes through to Ollama. */
final class Routes {

    private static final Pattern ENTRY = Pattern.compile("/api/queue/([1-9][0-9]{0,17})(/[a-z-]+)?");

    private final Map<String, HttpHandler> handlers = new HashMap<>();
    private final Map<String, OfEntry> entryHandlers = new HashMap<>();
    private final HttpHandler otherwise;

    /** Answers a request that names an entry in its path. */
    @FunctionalInterface
    interface OfEntry {

        /**
         * Answers the request.
         *
         * @param exchange the exchange
         * @param id the entry's number
         */
        void handle(HttpServerExchange exchange, long id);
    }

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
     * Adds a row for {@code /api/queue/{id}} or a path below.
     *
     * @param method the method, in its exact case
     * @param below what follows the number: nothing, or a slash and a word
     * @param handler what answers
     */
    Routes onEntry(String method, String below, OfEntry handler) {
        entryHandlers.put(method + ' ' + below, handler);
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
        String method = exchange.getRequestMethod().toString();
        Matcher entry = ENTRY.matcher(path);
        @Nullable OfEntry handler = entry.matches()
                ? entryHandlers.get(method + ' ' + (entry.group(2) == null ? "" : entry.group(2)))
                : null;
        if (handler == null) {
            HttpHandler whole = handlers.get(method + ' ' + path);
            if (whole == null) {
                otherwise.handleRequest(exchange);
            } else {
                answer(exchange, method, whole);
            }
        } else {
            long id = Long.parseLong(entry.group(1));
            answer(exchange, method, one -> handler.handle(one, id));
        }
    }

    /** Whoever only looks reads no body; were one left unread, what follows on the connection would be lost in it. */
    private static void answer(HttpServerExchange exchange, String method, HttpHandler handler) throws Exception {
        if (method.equals("GET") || method.equals("HEAD")) {
            RequestBody.skip(exchange, handler);
        } else {
            handler.handleRequest(exchange);
        }
    }
}
