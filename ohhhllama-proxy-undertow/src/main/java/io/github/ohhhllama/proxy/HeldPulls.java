package io.github.ohhhllama.proxy;

import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.internal.relay.ClientWatch;
import io.undertow.server.HttpServerExchange;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/** Keeps the answers of those who wait for their model. Thread-safe. */
final class HeldPulls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldPulls.class);

    private final QueueService queue;
    private final Wording wording;
    private final Clock clock;
    private final LongAdder waiting = new LongAdder();
    private volatile boolean closed;

    HeldPulls(QueueService queue, Wording wording, Clock clock) {
        this.queue = queue;
        this.wording = wording;
        this.clock = clock;
    }

    /**
     * Holds an answer until the entry is done; no thread waits with it.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param vigil what the client waits for
     */
    void hold(HttpServerExchange exchange, Vigil vigil) {
        hold(exchange, HeldPull.begin(exchange, vigil, wording));
    }

    /**
     * Holds an answer that has begun until the entry is done; no thread waits with it.
     *
     * @param exchange the exchange
     * @param vigil what the client waits for
     * @param lines the answer
     */
    void goOn(HttpServerExchange exchange, Vigil vigil, LineStream lines) {
        hold(exchange, HeldPull.goOn(exchange, vigil, wording, lines));
    }

    /** Returns how many answers are held now. */
    long count() {
        return waiting.sum();
    }

    /** Ends all answers with the news that the proxy is stopping; their models stay in the queue. */
    @Override
    public void close() {
        closed = true;
    }

    private void hold(HttpServerExchange exchange, HeldPull pull) {
        waiting.increment();
        try {
            exchange.addExchangeCompleteListener((ended, next) -> {
                waiting.decrement();
                next.proceed();
            });
        } catch (IllegalStateException over) {
            // So Undertow says that the client left before.
            waiting.decrement();
            LOG.debug("the client of {} did not wait", exchange);
            return;
        }
        tick(pull, exchange);
    }

    private void tick(HeldPull pull, HttpServerExchange exchange) {
        boolean goesOn = closed ? pull.stop() : pull.advance(queue, clock.instant());
        if (goesOn) {
            exchange.getIoThread()
                    .executeAfter(() -> look(pull, exchange), HeldPull.BEAT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Goes on with a pull if its client is still there, which one that is told nothing yet shows in no other way. */
    private void look(HeldPull pull, HttpServerExchange exchange) {
        if (ClientWatch.isThere(exchange)) {
            exchange.getConnection().getWorker().execute(() -> tick(pull, exchange));
        } else {
            LOG.debug("the client of {} stopped waiting", exchange);
            IoUtils.safeClose(exchange.getConnection());
            exchange.endExchange();
        }
    }
}
