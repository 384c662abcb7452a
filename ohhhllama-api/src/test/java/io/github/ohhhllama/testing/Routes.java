package io.github.ohhhllama.testing;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Finds the handler for a request as Ollama's router does: by the path decoded once, then by the method. */
final class Routes {

    private static final String READ = "GET";
    private static final String WRITE = "POST";

    private final Script script;
    private final BlobRoutes blobs;
    private final Map<String, Map<String, Connection.Handler>> table;

    Routes(ModelStore store, Script script, PullCount count) {
        this.script = script;
        this.blobs = new BlobRoutes(store);
        ModelRoutes models = new ModelRoutes(store);
        PullRoutes pulls = new PullRoutes(store, script, count);
        TokenRoutes tokens = new TokenRoutes(store, script);
        Connection.Handler alive = exchange -> exchange.reply(200, Exchange.TEXT, "Ollama is running");
        Connection.Handler version = exchange -> exchange.json(200, "version", script.version());
        this.table = Map.ofEntries(
                Map.entry("/", Map.of(READ, alive, "HEAD", alive)),
                Map.entry("/api/version", Map.of(READ, version, "HEAD", version)),
                Map.entry("/api/tags", Map.of(READ, models::tags, "HEAD", models::tags)),
                Map.entry("/api/ps", Map.of(READ, models::running)),
                Map.entry("/api/show", Map.of(WRITE, models::show)),
                Map.entry("/api/copy", Map.of(WRITE, models::copy)),
                Map.entry("/api/delete", Map.of("DELETE", models::delete)),
                Map.entry("/api/pull", Map.of(WRITE, pulls::pull)),
                Map.entry("/api/create", Map.of(WRITE, pulls::create)),
                Map.entry("/api/generate", Map.of(WRITE, tokens::generate)),
                Map.entry("/api/chat", Map.of(WRITE, tokens::chat)),
                Map.entry("/v1/chat/completions", Map.of(WRITE, tokens::openAiChat)),
                Map.entry("/v1/models", Map.of(READ, models::openAiModels)));
    }

    void handle(Exchange exchange) throws IOException, InterruptedException {
        String path;
        try {
            path = exchange.path();
        } catch (IllegalArgumentException badEscape) {
            exchange.reply(400, Exchange.TEXT, "400 Bad Request", "Connection: close");
            exchange.cut();
            return;
        }
        handle(exchange, path);
    }

    private void handle(Exchange exchange, String path) throws IOException, InterruptedException {
        Optional<Answer> scripted = script.nextAnswer(path);
        if (path.startsWith(BlobRoutes.PREFIX) && scripted.isEmpty()) {
            blobs.handle(exchange);
            return;
        }
        exchange.readBody(piece -> {});
        if (scripted.isPresent()) {
            exchange.answer(scripted.get());
            return;
        }
        dispatch(exchange, table.getOrDefault(path, Map.of()));
    }

    private static void dispatch(Exchange exchange, Map<String, Connection.Handler> methods)
            throws IOException, InterruptedException {
        Connection.Handler handler = methods.get(exchange.method());
        if (handler != null) {
            handle(exchange, handler);
        } else if (methods.isEmpty()) {
            exchange.reply(404, "text/plain", "404 page not found");
        } else {
            exchange.reply(
                    405, "text/plain", "405 method not allowed", "Allow: " + String.join(", ", methods.keySet()));
        }
    }

    private static void handle(Exchange exchange, Connection.Handler handler) throws IOException, InterruptedException {
        try {
            exchange.json();
        } catch (IllegalArgumentException malformed) {
            exchange.json(400, "error", String.valueOf(malformed.getMessage()));
            return;
        }
        handler.handle(exchange);
    }
}
