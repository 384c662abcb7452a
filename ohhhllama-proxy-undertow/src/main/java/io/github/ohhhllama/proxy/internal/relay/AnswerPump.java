package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** Passes Ollama's answer on to the client, each piece as soon as it has come. */
final class AnswerPump {

    /** Decides and hears about the answer. */
    interface Listener {

        /** Returns the head as it goes to the client, and learns how the body is framed. */
        ByteBuffer headCame(AnswerHead head, BodyFraming framing);

        /** Hears that the client has all of the answer. */
        void answered();

        /**
         * Hears that the client has seen nothing of the answer, and is to get another from its judge.
         *
         * @param retold whether that says what Ollama said
         */
        void replaced(AnswerJudge judge, boolean retold);

        /** Hears that Ollama's side ended before the answer did. */
        void backendLost(String reason);

        /** Hears that the client takes no more. */
        void clientLost();
    }

    private static final int ROUNDS = 8;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final HttpServerExchange exchange;
    private final BackendConnection backend;
    private final ConduitStreamSinkChannel client;
    private final ByteBufferPool pool;
    private final @Nullable AnswerJudge judge;
    private final Listener listener;
    private final HeadReader reader = new HeadReader();
    private ByteBuffer kept = NOTHING;
    private @Nullable PooledByteBuffer piece;
    private @Nullable BodyFraming body;
    private @Nullable Judgement judgement;
    private boolean surplus;
    private boolean drained;
    private boolean anything;

    /**
     * Makes one that has read nothing yet.
     *
     * @param judge who sees the answer before the client does, or null
     */
    AnswerPump(
            HttpServerExchange exchange,
            BackendConnection backend,
            ByteBufferPool pool,
            @Nullable AnswerJudge judge,
            Listener listener) {
        this.exchange = exchange;
        this.backend = backend;
        this.client =
                ((HttpServerConnection) exchange.getConnection()).getChannel().getSinkChannel();
        this.pool = pool;
        this.judge = judge;
        this.listener = listener;
    }

    /** Returns whether Ollama has sent anything yet. */
    boolean hasBegun() {
        return anything;
    }

    /** Returns whether the head of the final answer went to the client. */
    boolean hasHead() {
        return body != null && judgement == null;
    }

    /** Returns whether the answer has begun, and is for its judge alone. */
    boolean isKeptBack() {
        return judgement != null;
    }

    /** Returns whether the client could take the end of the connection for the end of the answer. */
    boolean endsWithConnection() {
        return hasHead() && isFramedByConnection();
    }

    /** Returns whether all of the answer has come. */
    boolean isComplete() {
        return body != null && body.isComplete();
    }

    /** Returns whether Ollama sent exactly its answer, and its connection is ready for another. */
    boolean isClean() {
        return !surplus && !isFramedByConnection();
    }

    /** Passes on what there is. */
    void pump() {
        for (int round = 0; flush(); round++) {
            if (isComplete()) {
                listener.answered();
                return;
            }
            if (drained || round == ROUNDS) {
                drained = false;
                backend.resumeReads();
                return;
            }
            if (!receive()) {
                return;
            }
        }
    }

    /** Gives the buffer back. */
    void release() {
        if (piece != null) {
            piece.close();
            piece = null;
        }
    }

    /** Returns whether something came; if not, the rest comes later or never. */
    private boolean receive() {
        PooledByteBuffer fresh = pool.allocate();
        piece = fresh;
        ByteBuffer bytes = fresh.getBuffer();
        try {
            int count = backend.read(bytes);
            bytes.flip();
            if (count > 0) {
                anything = true;
                drained = count < bytes.capacity();
                return accept(bytes);
            }
            release();
            if (count < 0) {
                ended();
            } else {
                backend.resumeReads();
            }
        } catch (IOException broken) {
            release();
            listener.backendLost(String.valueOf(broken.getMessage()));
        }
        return false;
    }

    private void ended() throws IOException {
        if (body != BodyFraming.untilClose()) {
            listener.backendLost("it closed the connection");
        } else if (judged(NOTHING, true) && flush()) {
            listener.answered();
        }
    }

    /** Returns whether there is more to do with this answer. */
    private boolean accept(ByteBuffer bytes) throws IOException {
        while (body == null && bytes.hasRemaining()) {
            acceptHead(bytes);
        }
        if (body == null) {
            return true;
        }
        int end = body.advance(bytes, bytes.position(), bytes.limit());
        surplus |= body.isComplete() && end < bytes.limit();
        bytes.limit(end);
        if (!judged(bytes, body.isComplete())) {
            return false;
        }
        prepend(bytes);
        return true;
    }

    /** Returns whether the judge, if there is one, has left the answer to us. */
    private boolean judged(ByteBuffer bytes, boolean last) throws IOException {
        if (judgement == null) {
            return true;
        }
        AnswerJudge.Verdict verdict = judgement.look(bytes, last);
        switch (verdict) {
            case HOLD -> {}
            case PASS -> judgement = null;
            case DROP -> {
                kept = NOTHING;
                bytes.position(bytes.limit());
            }
            case RETELL, REPLACE -> {
                release();
                listener.replaced(judgement.judge(), verdict == AnswerJudge.Verdict.RETELL);
                return false;
            }
        }
        return true;
    }

    /** Puts what was kept where it stood before if there is room, so that it goes out together with what follows. */
    private void prepend(ByteBuffer bytes) {
        int start = bytes.position() - kept.remaining();
        if (start >= 0) {
            bytes.position(start).put(kept).position(start);
        }
    }

    private void acceptHead(ByteBuffer bytes) throws IOException {
        int end = reader.append(bytes, bytes.position(), bytes.limit());
        if (reader.length() > RequestGuard.LONGEST_HEAD) {
            throw new MalformedMessageException("its answer's head is longer than 1 MiB");
        }
        bytes.position(end == HeadReader.INCOMPLETE ? bytes.limit() : end);
        if (end != HeadReader.INCOMPLETE) {
            AnswerHead answer = new AnswerHead(reader.head());
            BodyFraming framing = answer.framing(exchange);
            kept = joined(kept, listener.headCame(answer, framing));
            body = answer.isInterim() ? null : framing;
            judgement = judge != null && answer.status() == StatusCodes.OK ? new Judgement(judge, framing) : null;
            reader.reset();
        }
    }

    /** Returns whether the client has taken all that has come and it may see, and may take more. */
    private boolean flush() {
        if (judgement != null) {
            keep();
            return true;
        }
        try {
            if (write()) {
                client.suspendWrites();
                kept = NOTHING;
                release();
                return true;
            }
            client.resumeWrites();
            backend.suspendReads();
        } catch (IOException gone) {
            listener.clientLost();
        }
        return false;
    }

    /** Keeps what came last with what came before it. */
    private void keep() {
        if (piece != null) {
            ByteBuffer last = piece.getBuffer();
            kept = joined(kept, ByteBuffer.allocate(last.remaining()).put(last).flip());
            release();
        }
    }

    private boolean isFramedByConnection() {
        return body != null && body.endsWithConnection();
    }

    private boolean write() throws IOException {
        ByteBuffer data = piece == null ? NOTHING : piece.getBuffer();
        ByteBuffer[] both = {kept, data};
        while (kept.hasRemaining() || data.hasRemaining()) {
            if ((kept.hasRemaining() ? client.write(both) : client.write(data)) == 0) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        if (!first.hasRemaining()) {
            return second;
        }
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }
}
