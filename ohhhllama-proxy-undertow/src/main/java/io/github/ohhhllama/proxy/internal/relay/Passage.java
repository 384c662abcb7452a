package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpServerExchange;

/** Tells {@link Traffic} of one exchange: that it set out, was answered, and is over. */
final class Passage {

    private final HttpServerExchange exchange;
    private final Traffic traffic;
    private long began;
    private int status;
    private boolean replaced;

    Passage(HttpServerExchange exchange, Traffic traffic) {
        this.exchange = exchange;
        this.traffic = traffic;
    }

    /**
     * Begins.
     *
     * @param after what is to be done when the exchange is over
     */
    void begin(Runnable after) {
        began = traffic.began();
        exchange.addExchangeCompleteListener((ended, next) -> {
            after.run();
            traffic.ended(began, method(), replaced ? exchange.getStatusCode() : status);
            next.proceed();
        });
    }

    /** Takes note of the status that Ollama answers with. */
    void answered(int code) {
        refused(code);
        traffic.answered(began, method());
    }

    /** Takes note of a status of our own. */
    void refused(int code) {
        status = code;
        exchange.setStatusCode(code);
    }

    /** Takes note that another answer is given; its status is what it will have ended in. */
    void replaced() {
        replaced = true;
    }

    private String method() {
        return exchange.getRequestMethod().toString();
    }
}
