package io.github.ohhhllama.proxy.internal.relay;

import io.github.ohhhllama.proxy.internal.relay.AnswerJudge.Verdict;
import java.nio.ByteBuffer;

/** Shows the body of one answer to a judge, without its framing. */
final class Judgement {

    private final AnswerJudge judge;
    private final BodyFraming content;

    /**
     * Begins.
     *
     * @param framing how the body comes that will be looked at
     */
    Judgement(AnswerJudge judge, BodyFraming framing) {
        this.judge = judge;
        this.content = framing.content();
    }

    /** Returns the judge. */
    AnswerJudge judge() {
        return judge;
    }

    /**
     * Looks at some of the body.
     *
     * @param raw the bytes as they came; neither they nor the positions are changed
     * @param last whether the body ends with them
     * @throws MalformedMessageException if they are no such body
     */
    Verdict look(ByteBuffer raw, boolean last) throws MalformedMessageException {
        ByteBuffer piece =
                ByteBuffer.allocate(raw.remaining()).put(raw.duplicate()).flip();
        piece.limit(content.advance(piece, 0, piece.limit()));
        return judge.look(piece, last);
    }
}
