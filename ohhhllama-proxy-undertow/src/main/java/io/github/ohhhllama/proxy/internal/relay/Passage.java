package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpServerExchange;

/** Tells {@link Traffic} of one exchange: that it set out, was answered, and is over. */
final class Passage {

    private final HttpServerExchange exchange;
    private final Traffic traffic;
    private long began;
    private int status;
    private boolean retold;
    private boolean over;

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
            end();
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

    /** Takes note that the client has seen nothing of what Ollama answers with. */
    void unseen() {
        status = 0;
    }

    /** Takes note that what Ollama said is told in an answer of ours, whose status counts then. */
    void retold() {
        unseen();
        retold = true;
    }

    /** Ends, since Ollama has no more part in the exchange, and the client has seen nothing of it. */
    void cut() {
        unseen();
        end();
    }

    private void end() {
        if (!over) {
            over = true;
            traffic.ended(began, method(), retold && exchange.isResponseStarted() ? exchange.getStatusCode() : status);
        }
    }

    private String method() {
        return exchange.getRequestMethod().toString();
    }
}
