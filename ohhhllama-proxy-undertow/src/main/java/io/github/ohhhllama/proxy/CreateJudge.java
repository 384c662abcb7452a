package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.json.CreateLines;
import io.github.ohhhllama.proxy.internal.relay.AnswerJudge;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Ends a create that downloads the model it starts from after all: it was here a moment ago, or is here under another case
 * of the default namespace, which Ollama's list does not tell. Ollama's own progress shows it.
 *
 * <p>So Ollama has to tell it line by line; a client that wants one object gets it from here.
 */
final class CreateJudge implements AnswerJudge {

    private final CreateLines lines;
    private final boolean stream;
    private final Consumer<HttpServerExchange> queue;

    /**
     * Makes one that has seen nothing yet.
     *
     * @param lines follows what Ollama says
     * @param stream whether the client wants the lines too
     * @param queue answers in place of a download
     */
    CreateJudge(CreateLines lines, boolean stream, Consumer<HttpServerExchange> queue) {
        this.lines = lines;
        this.stream = stream;
        this.queue = queue;
    }

    @Override
    public Verdict look(ByteBuffer piece, boolean last) {
        lines.add(piece);
        if (last) {
            lines.end();
        }
        if (lines.isDownload()) {
            return Verdict.REPLACE;
        }
        if (stream) {
            return last || lines.isBeyond() ? Verdict.PASS : Verdict.HOLD;
        }
        return last ? Verdict.RETELL : Verdict.DROP;
    }

    @Override
    public void replace(HttpServerExchange exchange) {
        Answers.guarded(exchange, () -> {
            if (lines.isDownload()) {
                queue.accept(exchange);
            } else {
                Answers.json(exchange, lines.status(), lines.object());
            }
        });
    }
}
