package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.WorkerUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Stands between a client's socket and Undertow, and lets only well-formed requests through.
 *
 * <p>Undertow reads leniently: a bad chunk size counts as the end of the body, folded lines and runs of blanks are
 * smoothed, an oversized head is a plain 400. So the bytes are checked here first. Nothing of a message is handed up
 * before it was checked, and never more than one message: what a client sent ahead is held back.
 */
final class RequestGuard extends SingleReadConduit {

    /** How long a head may be: Ollama's own limit (Go's 1 MiB and 4 KiB of slop). */
    static final int LONGEST_HEAD = (1 << 20) + 4096;

    /** How many fields a head may have. */
    static final int MOST_FIELDS = 4096;

    private static final AttachmentKey<RequestGuard> ADOPTER = AttachmentKey.create(RequestGuard.class);

    private enum Phase {
        HEAD,
        BODY,
        FAREWELL
    }

    private final StreamConnection client;
    private final StallWatch stalls;
    private final Farewell farewell;
    private final HeadReader reader = new HeadReader();
    private Phase phase = Phase.HEAD;
    private @Nullable MessageHead head;
    private BodyFraming body = BodyFraming.fixed(0);
    private @Nullable HttpServerExchange exchange;
    private final HeldBytes admitted = new HeldBytes();
    private final SentAhead ahead;

    /** Makes one that reads a connection from its beginning. */
    RequestGuard(StreamConnection client, ByteBufferPool pool, StallWatch stalls) {
        this(client, client.getSourceChannel().getConduit(), pool, stalls);
    }

    /** Makes one that reads a connection on from where it is. */
    RequestGuard(StreamConnection client, StreamSourceConduit source, ByteBufferPool pool, StallWatch stalls) {
        super(source);
        this.client = client;
        this.stalls = stalls;
        this.farewell = new Farewell(client, next, pool);
        this.ahead = new SentAhead(client, next, pool, stalls);
    }

    /** Returns the guard of an exchange of a {@link FrontServer}, or of one that passed an {@link Adoption}. */
    static RequestGuard of(HttpServerExchange exchange) {
        RequestGuard adopter = exchange.getAttachment(ADOPTER);
        if (adopter != null) {
            return adopter;
        }
        if (exchange.getConnection() instanceof HttpServerConnection connection
                && connection.getOriginalSourceConduit() instanceof RequestGuard guard) {
            return guard;
        }
        throw new IllegalArgumentException("expected an exchange of a FrontServer or an Adoption, got " + exchange);
    }

    StreamConnection connection() {
        return client;
    }

    /** Takes notice of the exchange that Undertow made of the request in progress. */
    void serve(HttpServerExchange served) {
        exchange = served;
    }

    /** Takes over an exchange of which somebody else has read the head, and no more than {@code more} of the rest. */
    void adopt(HttpServerExchange adopted, MessageHead itsHead, ByteBuffer more) {
        serve(adopted);
        begin(itsHead);
        ahead.add(more);
        adopted.putAttachment(ADOPTER, this);
    }

    /** Returns who looks after clients that are not read from. */
    StallWatch stalls() {
        return stalls;
    }

    /** Returns what was read of the messages after the one in progress, and forgets it. */
    ByteBuffer release() {
        return ahead.release();
    }

    /** Returns the head of the request in progress. */
    MessageHead head() {
        if (head == null) {
            throw new IllegalStateException("no request has come yet");
        }
        return head;
    }

    /** Returns whether the request in progress has been read to its end. */
    boolean isRequestComplete() {
        return body.isComplete();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return switch (phase) {
            case HEAD -> readHead(target);
            case BODY -> !admitted.isEmpty() ? admitted.moveTo(target) : readBodyOrRefuse(target);
            case FAREWELL -> farewell.discard(target);
        };
    }

    /**
     * Reads what the client sends ahead and holds it back, to see whether it is still there.
     *
     * @return false if the client has closed its side
     * @throws IOException if the connection is broken
     */
    boolean watch() throws IOException {
        return ahead.watch();
    }

    /** Has the connection's read listener called when there is something to {@link #watch}. */
    void resumeWatch() {
        ahead.listen();
    }

    /** Answers with a refusal and says farewell. */
    void refuse(Refusal refusal) {
        say(refusal.answer());
        sayFarewell();
    }

    /**
     * Writes a short answer of ours, past Undertow.
     *
     * @return false if the client did not take all of it, after which nothing else may be said to it
     */
    boolean say(ByteBuffer answer) {
        try {
            client.getSinkChannel().write(answer);
            return !answer.hasRemaining();
        } catch (IOException gone) {
            IoUtils.safeClose(client);
            return false;
        }
    }

    /** Closes our side, and the connection when the client has seen it. */
    void sayFarewell() {
        phase = Phase.FAREWELL;
        ahead.release();
        farewell.begin();
    }

    @Override
    public void suspendReads() {
        ahead.rest();
        next.suspendReads();
    }

    @Override
    public void resumeReads() {
        next.resumeReads();
        if (!admitted.isEmpty() || !ahead.isEmpty()) {
            // XNIO's wakeup from another thread leaves the reader asleep if reads were resumed before; a task does not.
            WorkerUtils.executeAfter(client.getIoThread(), this::wake, 0, TimeUnit.MILLISECONDS);
        }
    }

    private void wake() {
        if (next.isReadResumed()) {
            next.wakeupReads();
        }
    }

    private int readHead(ByteBuffer target) throws IOException {
        if (!admitted.isEmpty()) {
            return admitted.moveTo(target);
        }
        int start = target.position();
        int count = fill(target);
        if (count <= 0) {
            return count;
        }
        if (head != null) {
            head = null;
            reader.reset();
        }
        boolean split = reader.length() > 0;
        int end = append(target, start);
        if (end == HeadReader.INCOMPLETE) {
            target.position(start);
            return 0;
        }
        giveBack(target, end);
        Refusal refusal = admit();
        if (refusal != null) {
            target.position(start);
            refuse(refusal);
            return 0;
        }
        if (!split) {
            HeadForUndertow.hide(target, start, head());
            return end - start;
        }
        target.position(start);
        ByteBuffer whole =
                ByteBuffer.allocate(reader.length()).put(reader.asBuffer()).flip();
        HeadForUndertow.hide(whole, 0, head());
        admitted.add(whole);
        return admitted.moveTo(target);
    }

    /** Returns where the head ends; a head that never will is refused. */
    private int append(ByteBuffer target, int start) {
        try {
            int end = reader.append(target, start, target.position());
            if (reader.length() > LONGEST_HEAD) {
                refuse(Refusal.HEAD_TOO_LARGE);
                return HeadReader.INCOMPLETE;
            }
            return end;
        } catch (MalformedMessageException malformed) {
            refuse(Refusal.BAD_REQUEST);
            return HeadReader.INCOMPLETE;
        }
    }

    private @Nullable Refusal admit() {
        try {
            MessageHead next = reader.head();
            Refusal refusal = next.fields().size() > MOST_FIELDS ? Refusal.HEAD_TOO_LARGE : RequestRules.refusal(next);
            if (refusal == null) {
                begin(next);
            }
            return refusal;
        } catch (MalformedMessageException malformed) {
            return Refusal.BAD_REQUEST;
        }
    }

    private void begin(MessageHead next) {
        head = next;
        body = RequestRules.framing(next);
        phase = body.isComplete() ? Phase.HEAD : Phase.BODY;
    }

    /** Refuses a malformed body for readers that could not tell: Undertow closes the connection without a word. */
    private int readBodyOrRefuse(ByteBuffer target) throws IOException {
        try {
            return readBody(target);
        } catch (MalformedMessageException malformed) {
            if (exchange == null || exchange.isResponseStarted()) {
                throw malformed;
            }
            refuse(Refusal.BAD_REQUEST);
            return 0;
        }
    }

    /**
     * Reads on in the body of the request in progress, with its framing.
     *
     * @throws MalformedMessageException if the body is malformed or ends early
     * @throws IOException if the connection is broken
     */
    int readBody(ByteBuffer target) throws IOException {
        int start = target.position();
        int limit = target.limit();
        target.limit(start + (int) Math.min(limit - start, body.remaining()));
        int count = fill(target);
        target.limit(limit);
        if (count < 0) {
            throw new MalformedMessageException("the request's body ended early");
        }
        int end = body.advance(target, start, target.position());
        giveBack(target, end);
        if (body.isComplete()) {
            phase = Phase.HEAD;
        }
        return end - start;
    }

    private int fill(ByteBuffer target) throws IOException {
        return ahead.isEmpty() ? next.read(target) : ahead.moveTo(target);
    }

    /** Holds back what {@link #fill} read beyond {@code end}. */
    private void giveBack(ByteBuffer target, int end) {
        int surplus = target.position() - end;
        if (surplus > 0) {
            ahead.putBack(target, target.position(), surplus);
            target.position(end);
        }
    }
}
