package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.StatusCodes;
import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/** Leads one exchange from the client's request to the end of Ollama's answer, and cuts one side when the other is gone. */
final class RelayedExchange implements BackendConnector.Outcome, BackendConnection.User, AnswerPump.Listener {

    /** How long an answer may still come after the client has closed its side, as Go's server would let it. */
    private static final long FAREWELL_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(RelayedExchange.class);

    private final HttpServerExchange exchange;
    private final Upstream upstream;
    private final ForwardedRequest message;
    private final RequestGuard guard;
    private final Passage passage;
    private final StreamConnection client;
    private final @Nullable AnswerJudge judge;
    private @Nullable Link link;
    private boolean continued;
    private boolean backendStays;
    private boolean clientClosed;
    private boolean answered;
    private boolean over;

    /**
     * Makes one that has sent nothing yet.
     *
     * @param judge who sees the answer before the client does, or null
     */
    RelayedExchange(
            HttpServerExchange exchange,
            Upstream upstream,
            RequestGuard guard,
            ForwardedRequest message,
            @Nullable AnswerJudge judge) {
        this.exchange = exchange;
        this.upstream = upstream;
        this.message = message;
        this.guard = guard;
        this.judge = judge;
        this.passage = new Passage(exchange, upstream.traffic());
        this.client = ((HttpServerConnection) exchange.getConnection()).getChannel();
    }

    /** Sends the request on its way. */
    void start() {
        if (!client.isOpen()) {
            return;
        }
        passage.begin(this::stop);
        client.getSourceChannel().setReadListener(channel -> step(this::clientReadable));
        client.getSinkChannel().setWriteListener(channel -> step(this::clientWritable));
        if (guard.isRequestComplete()) {
            guard.resumeWatch();
        }
        BackendConnection resting = message.mayBeSentTwice() ? upstream.pool().take() : null;
        if (resting == null) {
            upstream.connector().connect(client.getIoThread(), this);
        } else {
            connected(resting);
        }
    }

    @Override
    public void connected(BackendConnection backend) {
        if (over) {
            backend.close();
            return;
        }
        RequestPump request = new RequestPump(guard, backend, upstream, message.beginning());
        Link fresh = new Link(backend, request, new AnswerPump(exchange, backend, upstream.buffers(), judge, this));
        link = fresh;
        backend.use(this);
        pumpRequest(fresh);
    }

    @Override
    public void failed(String reason) {
        if (!over) {
            refuse(BadGateway.silence(upstream.toString(), reason));
        }
    }

    private void refuse(String text) {
        over = true;
        message.forget();
        LOG.debug("no answer to {}: {}", exchange, text);
        passage.refused(BadGateway.STATUS);
        boolean keep = guard.isRequestComplete() && exchange.isPersistent();
        if (guard.say(BadGateway.answer(text, exchange, keep)) && keep) {
            Connectors.terminateResponse(exchange);
        } else {
            guard.sayFarewell();
        }
    }

    @Override
    public void backendReadable() {
        step(() -> {
            if (link != null && answered) {
                // The answer is complete, so this can only be the end of the connection.
                partAfterAnswer(link);
            } else if (link != null) {
                link.answer().pump();
            }
        });
    }

    @Override
    public void backendWritable() {
        step(() -> {
            if (link != null) {
                pumpRequest(link);
            }
        });
    }

    @Override
    public ByteBuffer headCame(AnswerHead head, BodyFraming framing) {
        if (head.isInterim()) {
            continued = true;
            return exchange.isHttp11() ? head.forwarded(exchange, framing) : ByteBuffer.allocate(0);
        }
        backendStays = head.keepsConnection();
        boolean bodyComes = guard.isRequestComplete() || (backendStays && (continued || !message.expectsContinue()));
        if (framing.endsWithConnection() || !bodyComes) {
            exchange.setPersistent(false);
        }
        passage.answered(head.status());
        return head.forwarded(exchange, framing);
    }

    @Override
    public void answered() {
        answered = true;
        if (link != null && link.request().isComplete()) {
            finish(link);
        } else if (link != null && (!exchange.isPersistent() || link.request().isBroken())) {
            partAfterAnswer(link);
        }
    }

    @Override
    public void replaced(AnswerJudge other, boolean retold) {
        if (over || link == null) {
            return;
        }
        if (retold) {
            passage.retold();
        } else {
            passage.cut();
        }
        part(link);
        guard.suspendReads();
        client.getSourceChannel().setReadListener(ChannelListeners.nullChannelListener());
        client.getSinkChannel().setWriteListener(ChannelListeners.nullChannelListener());
        try {
            exchange.dispatch(() -> replace(other));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("{} ended with its listener, before it was answered", exchange);
            IoUtils.safeClose(client);
        }
    }

    private void replace(AnswerJudge other) {
        try {
            other.replace(exchange);
        } catch (RuntimeException fault) {
            giveUp(fault);
        }
    }

    /** Nobody else would end an exchange that left Ollama. */
    private void giveUp(RuntimeException fault) {
        LOG.error("cut {}, for which there is no other answer", exchange, fault);
        IoUtils.safeClose(client);
    }

    @Override
    public void backendLost(String reason) {
        Link lost = link;
        if (over || lost == null) {
            return;
        }
        link = null;
        lost.close();
        if (lost.answer().hasHead()) {
            LOG.debug("{} broke off its answer to {}: {}", upstream, exchange, reason);
            breakOff(lost.answer().endsWithConnection());
        } else if (lost.backend().isReused() && !lost.answer().hasBegun()) {
            upstream.connector().connect(client.getIoThread(), this);
        } else if (lost.answer().isKeptBack()) {
            refuse(BadGateway.breach(upstream.toString(), reason));
        } else {
            failed(reason);
        }
    }

    @Override
    public void clientLost() {
        if (!over) {
            LOG.debug("the client of {} is gone", exchange);
            boolean endsWithConnection = link != null && link.answer().endsWithConnection();
            if (link != null && !link.answer().hasHead()) {
                passage.unseen();
            }
            stop();
            breakOff(endsWithConnection);
        }
    }

    /** XNIO would go on after a fault of ours, with both sides waiting forever. */
    private void step(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException fault) {
            LOG.error("cut {} after a fault", exchange, fault);
            clientLost();
        }
    }

    private void clientReadable() {
        if (over) {
            // Undertow leaves our listener in place where it goes on with what was sent ahead, and that is not ours to
            // read.
            guard.suspendReads();
        } else if (link != null && !guard.isRequestComplete()) {
            pumpRequest(link);
        } else {
            watchClient();
        }
    }

    private void clientWritable() {
        if (link != null) {
            link.answer().pump();
        }
    }

    private void pumpRequest(Link present) {
        boolean before = exchange.isRequestComplete();
        try {
            present.request().pump();
        } catch (MalformedMessageException malformed) {
            refuseBody(present, malformed);
            return;
        } catch (IOException gone) {
            clientLost();
            return;
        }
        if (present.request().isComplete()) {
            requestSent(present, before);
        }
        if (answered && present.request().isComplete()) {
            finish(present);
        } else if (answered && present.request().isBroken()) {
            partAfterAnswer(present);
        }
    }

    private void requestSent(Link present, boolean before) {
        if (!before) {
            Connectors.terminateRequest(exchange);
        }
        if (!message.mayBeSentTwice()) {
            message.forget();
        }
        guard.resumeWatch();
        if (clientClosed) {
            present.backend().shutdownWrites();
        }
    }

    /** The connection to Ollama is cut without the body's end, so it cannot take the request for a complete one. */
    private void refuseBody(Link present, MalformedMessageException malformed) {
        LOG.debug("refused the body of {}: {}", exchange, malformed.getMessage());
        stop();
        if (answered) {
            guard.sayFarewell();
        } else if (present.answer().hasHead()) {
            breakOff(present.answer().endsWithConnection());
        } else {
            passage.refused(StatusCodes.BAD_REQUEST);
            guard.refuse(Refusal.BAD_REQUEST);
        }
    }

    private void watchClient() {
        try {
            if (guard.watch()) {
                guard.resumeWatch();
            } else {
                clientClosedItsSide();
            }
        } catch (IOException gone) {
            clientLost();
        }
    }

    /** Ollama sees the same as without us: the client's side is closed, and no one reads much longer. */
    private void clientClosedItsSide() {
        exchange.setPersistent(false);
        clientClosed = true;
        if (link != null && link.request().isComplete()) {
            link.backend().shutdownWrites();
        }
        WorkerUtils.executeAfter(client.getIoThread(), this::clientLost, FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void finish(Link done) {
        part(done);
        Connectors.terminateResponse(exchange);
    }

    /** Leaves Ollama, whose connection rests if it is good for another request. */
    private void part(Link done) {
        over = true;
        message.forget();
        link = null;
        boolean complete = done.request().isComplete() && done.answer().isComplete();
        if (complete && backendStays && !clientClosed && done.answer().isClean()) {
            upstream.pool().put(done.backend());
        } else {
            done.close();
        }
    }

    /** The client has its answer, but Ollama does not want the rest of the request. */
    private void partAfterAnswer(Link done) {
        over = true;
        message.forget();
        link = null;
        done.close();
        guard.sayFarewell();
    }

    /** Makes the broken answer look broken: where the end of the connection could pass for its end, it is reset. */
    private void breakOff(boolean abort) {
        over = true;
        if (abort) {
            Farewell.reset(client);
        } else {
            IoUtils.safeClose(client);
        }
    }

    private void stop() {
        over = true;
        message.forget();
        if (link != null) {
            link.close();
            link = null;
        }
    }
}
