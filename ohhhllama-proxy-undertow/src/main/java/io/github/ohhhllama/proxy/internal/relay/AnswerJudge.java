package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;

/**
 * Looks at an answer of Ollama's before the client sees any of it, and may give another in its place.
 *
 * <p>Judges one exchange; need not be thread-safe, as it is asked by one thread at a time.
 */
public interface AnswerJudge {

    /** Says what becomes of what has come. */
    enum Verdict {
        /** It goes to the client, as does all that follows, unseen. */
        PASS,
        /** It is kept until more is known. */
        HOLD,
        /** It is forgotten, with all that was kept; the client will get another answer. */
        DROP,
        /** It is all that was wanted: the client gets it now, in another form. */
        RETELL,
        /** Nothing more of Ollama is wanted: the client gets another answer now. */
        REPLACE
    }

    /**
     * Looks at what has come of the body of an answer with status 200; others pass. Called on an I/O thread: answer at once.
     *
     * @param piece the next bytes, without the framing of chunks; maybe none
     * @param last whether this is the end of the body, so that the verdict has to be {@code PASS}, {@code RETELL} or
     *     {@code REPLACE}
     */
    Verdict look(ByteBuffer piece, boolean last);

    /**
     * Gives another answer. If Ollama was still answering, its connection has been closed. Called on a worker thread.
     *
     * @param exchange an exchange whose request was read, and the answer to which has not begun
     */
    void replace(HttpServerExchange exchange);
}
