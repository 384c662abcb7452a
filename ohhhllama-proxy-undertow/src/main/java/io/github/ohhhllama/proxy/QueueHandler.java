package io.github.ohhhllama.proxy;

import io.github.ohhhllama.EntryFilter;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.internal.json.ActionReplies;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.Entries;
import io.github.ohhhllama.proxy.internal.json.RemovalBody;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.Optional;

/** Answers {@code /api/queue}. Thread-safe. */
final class QueueHandler {

    private final QueueService queue;
    private final Callers callers;

    QueueHandler(QueueService queue, Callers callers) {
        this.queue = queue;
        this.callers = callers;
    }

    /** Shows the queue, or what a filter selects: {@code GET /api/queue?limit=50&offset=0&status=failed}. */
    void list(HttpServerExchange exchange) {
        exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> {
            Query query = Query.of(exchange);
            Page page = new Page(
                    query.number("limit", Page.FIRST.limit(), 1, Page.MOST),
                    query.number("offset", 0, 0, Integer.MAX_VALUE));
            EntryFilter filter = filter(query);
            if (!filter.equals(EntryFilter.ALL)) {
                Answers.json(exchange, StatusCodes.OK, Entries.selection(queue.list(filter, page), page));
                return;
            }
            Answers.json(
                    exchange,
                    StatusCodes.OK,
                    Entries.listing(
                            queue.snapshot(page),
                            queue.plan(),
                            queue.schedule(),
                            queue.rate(callers.requester(exchange)),
                            page));
        }));
    }

    /** Takes an entry out: {@code DELETE /api/queue} with {@code {"model":…}} or {@code {"id":…}}. */
    void remove(HttpServerExchange exchange) {
        RequestBody.read(exchange, (whole, bytes) -> {
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

    private static EntryFilter filter(Query query) throws BadBodyException {
        EntryFilter filter = new EntryFilter(
                null,
                query.text("model").map(ModelName::parse).orElse(null),
                query.text("requester").orElse(null));
        Optional<String> status = query.text("status");
        if (status.isEmpty()) {
            return filter;
        }
        for (EntryState state : EntryState.values()) {
            if (state.word().equals(status.get())) {
                return filter.in(state);
            }
        }
        throw new BadBodyException(
                "status must be pending, downloading, completed or failed, was \"" + status.get() + '"');
    }
}
