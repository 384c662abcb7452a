package io.github.ohhhllama.proxy;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.ProcessResult;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.internal.json.ActionReplies;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.Entries;
import io.github.ohhhllama.proxy.internal.json.RemovalBody;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.Deque;
import java.util.Optional;

/** Answers {@code /api/queue} and {@code /api/queue/process}. */
final class QueueHandler {

    private final QueueService queue;
    private final Callers callers;

    QueueHandler(QueueService queue, Callers callers) {
        this.queue = queue;
        this.callers = callers;
    }

    /** Shows the queue: {@code GET /api/queue?limit=50&offset=0}. */
    void list(HttpServerExchange exchange) {
        exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> {
            Page page = new Page(number(exchange, "limit", Page.FIRST.limit()), number(exchange, "offset", 0));
            byte[] listing = Entries.listing(queue.snapshot(page), queue.rate(callers.requester(exchange)), page);
            Answers.json(exchange, StatusCodes.OK, listing);
        }));
    }

    /** Takes an entry out: {@code DELETE /api/queue} with {@code {"model":…}} or {@code {"id":…}}. */
    void remove(HttpServerExchange exchange) {
        RequestBody.read(exchange, RequestBody.SMALL, (whole, bytes) -> {
            RemovalBody body = RemovalBody.parse(bytes);
            Optional<QueueEntry> removed = body.id().isPresent()
                    ? queue.remove(body.id().getAsLong())
                    : queue.remove(ModelName.parse(body.model()));
            String what = body.id().isPresent() ? "Entry " + body.id().getAsLong() : "Model " + body.model();
            if (removed.isPresent()) {
                Answers.json(whole, StatusCodes.OK, ActionReplies.removed(removed.get()));
            } else {
                Answers.error(whole, StatusCodes.NOT_FOUND, what + " is not in the queue");
            }
        });
    }

    /** Starts the queue: {@code POST /api/queue/process}. */
    void process(HttpServerExchange exchange) {
        RequestBody.read(exchange, RequestBody.SMALL, (whole, ignored) -> {
            ProcessResult result = queue.process();
            int status = result == ProcessResult.STARTED ? StatusCodes.ACCEPTED : StatusCodes.OK;
            Answers.json(whole, status, ActionReplies.processed(result));
        });
    }

    private static int number(HttpServerExchange exchange, String name, int otherwise) throws BadBodyException {
        Deque<String> values = exchange.getQueryParameters().get(name);
        if (values == null || values.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(values.getLast());
            if (number >= 0 && (!name.equals("limit") || (number >= 1 && number <= Page.MOST))) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, together with the numbers that are out of range.
        }
        throw new BadBodyException(name + " must be a whole number, limit 1 to " + Page.MOST
                + " and offset 0 or more, was \"" + values.getLast() + '"');
    }
}
