package io.github.ohhhllama.proxy;

import io.github.ohhhllama.QueueService;
import io.undertow.server.HttpServerExchange;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** Keeps the answers of those who wait for their model. Thread-safe. */
final class HeldPulls implements AutoCloseable {

    private final QueueService queue;
    private final Clock clock;
    private volatile boolean closed;

    HeldPulls(QueueService queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Holds an answer until the entry is done; no thread waits with it.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param wish what is wanted
     * @param entry the number of the entry that will bring it
     */
    void hold(HttpServerExchange exchange, Wish wish, long entry) {
        tick(new HeldPull(exchange, wish, entry, clock.instant()), exchange);
    }

    /** Ends all answers with the news that the proxy is stopping; their models stay in the queue. */
    @Override
    public void close() {
        closed = true;
    }

    private void tick(HeldPull pull, HttpServerExchange exchange) {
        boolean goesOn = closed ? pull.stop() : pull.advance(queue, clock.instant());
        if (goesOn) {
            Runnable next = () -> exchange.getConnection().getWorker().execute(() -> tick(pull, exchange));
            exchange.getIoThread().executeAfter(next, HeldPull.BEAT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
