package io.github.ohhhllama.proxy;

import io.github.ohhhllama.ProcessResult;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.internal.json.ActionReplies;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.UntilBody;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the wishes to start, pause and resume the queue. Thread-safe. */
final class RunHandler {

    private final QueueService queue;
    private final Wording wording;
    private final Deadlines deadlines;

    RunHandler(QueueService queue, Wording wording, Deadlines deadlines) {
        this.queue = queue;
        this.wording = wording;
        this.deadlines = deadlines;
    }

    /** Starts the queue: {@code POST /api/queue/process}. */
    void process(HttpServerExchange exchange) {
        RequestBody.read(exchange, (whole, bytes) -> {
            ProcessResult result = queue.process(until(bytes));
            int status = result == ProcessResult.STARTED ? StatusCodes.ACCEPTED : StatusCodes.OK;
            String reservation =
                    queue.schedule().paused().map(wording::butPaused).orElse("");
            Answers.json(whole, status, ActionReplies.processed(result, reservation));
        });
    }

    /** Pauses the queue: {@code POST /api/queue/pause}. */
    void pause(HttpServerExchange exchange) {
        RequestBody.read(exchange, (whole, bytes) -> {
            @Nullable Instant until = until(bytes);
            queue.pause(until);
            Answers.json(whole, StatusCodes.OK, ActionReplies.paused(wording.paused(until), until));
        });
    }

    /** Ends a pause: {@code POST /api/queue/resume}. */
    void resume(HttpServerExchange exchange) {
        RequestBody.read(
                exchange,
                (whole, ignored) -> Answers.json(whole, StatusCodes.OK, ActionReplies.resumed(queue.resume())));
    }

    private @Nullable Instant until(byte[] body) throws BadBodyException {
        Optional<String> text = UntilBody.parse(body).until();
        return text.isPresent() ? deadlines.parse(text.get()) : null;
    }
}
