package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.metrics.Exposition;
import io.github.ohhhllama.proxy.internal.metrics.Scrape;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;

/** Answers {@code GET /metrics} in the format that the reader asks for: Prometheus' own, or OpenMetrics. Thread-safe. */
final class MetricsHandler implements HttpHandler {

    private final Exposition exposition;
    private final BackendProbe backend;

    MetricsHandler(Exposition exposition, BackendProbe backend) {
        this.exposition = exposition;
        this.backend = backend;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> {
            boolean up = backend.answers(exchange.getConnection().getWorker());
            Scrape scrape = exposition.scrape(exchange.getRequestHeaders().getFirst(Headers.ACCEPT), up);
            Answers.send(exchange, StatusCodes.OK, scrape.contentType(), scrape.text());
        }));
    }
}
