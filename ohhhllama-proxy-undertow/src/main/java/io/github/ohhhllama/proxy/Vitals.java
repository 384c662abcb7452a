package io.github.ohhhllama.proxy;

import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.internal.json.Replies;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.Optional;

/**
 * Answers the probes of those who run services: {@code /healthz}, whether to start the program anew, and {@code /readyz},
 * whether to send it requests.
 *
 * <p>An Ollama that does not answer is a reason for neither: nothing here heals it, and a queue that takes requests
 * meanwhile is what the proxy is there for. Thread-safe.
 */
final class Vitals {

    private final QueueService queue;

    Vitals(QueueService queue) {
        this.queue = queue;
    }

    /** Adds both to the table of the open house. */
    Routes addTo(Routes routes) {
        return alive(routes).on("GET", "/readyz", this::ready).on("HEAD", "/readyz", this::ready);
    }

    /** Returns the table of the house that is closing: it lives until the last answer is out, and is ready for nobody. */
    static Routes closing() {
        return alive(new Routes(
                exchange -> Answers.error(exchange, StatusCodes.SERVICE_UNAVAILABLE, "ohhhllama is stopping")));
    }

    private static Routes alive(Routes routes) {
        return routes.on("GET", "/healthz", Vitals::live).on("HEAD", "/healthz", Vitals::live);
    }

    /** Asks nobody and needs no thread: what could be waited for is no reason to be started anew. */
    private static void live(HttpServerExchange exchange) {
        Answers.json(exchange, StatusCodes.OK, Replies.status("alive"));
    }

    private void ready(HttpServerExchange exchange) {
        exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> {
            Optional<String> trouble = queue.storage().trouble();
            if (trouble.isPresent()) {
                Answers.error(exchange, StatusCodes.SERVICE_UNAVAILABLE, trouble.get());
            } else {
                Answers.json(exchange, StatusCodes.OK, Replies.status("ready"));
            }
        }));
    }
}
