package io.github.ohhhllama.proxy;

import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.Spot;
import io.github.ohhhllama.proxy.internal.json.ActionReplies;
import io.github.ohhhllama.proxy.internal.json.Entries;
import io.github.ohhhllama.proxy.internal.json.MoveBody;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers what is under {@code /api/queue/{id}}. Thread-safe. */
final class EntryHandler {

    private final QueueService queue;
    private final Wording wording;

    EntryHandler(QueueService queue, Wording wording) {
        this.queue = queue;
        this.wording = wording;
    }

    /** Shows an entry and its story: {@code GET /api/queue/7}. */
    void show(HttpServerExchange exchange, long id) {
        exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> {
            Optional<QueueEntry> entry = queue.find(id);
            if (entry.isEmpty()) {
                missing(exchange, id);
                return;
            }
            @Nullable Forecast forecast =
                    entry.get().state().isActive() ? queue.plan().forecast(id).orElse(null) : null;
            Answers.json(exchange, StatusCodes.OK, Entries.entry(entry.get(), forecast, queue.events(id)));
        }));
    }

    /** Takes an entry out: {@code DELETE /api/queue/7}. */
    void remove(HttpServerExchange exchange, long id) {
        RequestBody.read(exchange, (whole, ignored) -> {
            Optional<QueueEntry> removed = queue.remove(id);
            if (removed.isPresent()) {
                Answers.json(whole, StatusCodes.OK, ActionReplies.removed(removed.get()));
            } else {
                missing(whole, id);
            }
        });
    }

    /** Moves an entry: {@code POST /api/queue/7/move}. */
    void move(HttpServerExchange exchange, long id) {
        RequestBody.read(exchange, (whole, bytes) -> {
            Spot spot = MoveBody.parse(bytes).spot();
            Optional<QueueEntry> moved = queue.move(id, spot);
            String words = moved.flatMap(QueueEntry::standing)
                    .map(Place::position)
                    .map(position -> " stands at position " + position + " now")
                    .orElse(" was moved");
            conclude(whole, id, moved, "moved", words, notMoved(spot));
        });
    }

    /** Gives an entry another chance: {@code POST /api/queue/7/retry}. */
    void retry(HttpServerExchange exchange, long id) {
        RequestBody.read(
                exchange,
                (whole, ignored) -> conclude(
                        whole,
                        id,
                        queue.retry(id),
                        "waiting",
                        " is tried again",
                        "only an entry that failed or waits can be tried again, of a model that is not queued anew"));
    }

    /** Lets an entry leave the window: {@code POST /api/queue/7/run-now}. */
    void runNow(HttpServerExchange exchange, long id) {
        RequestBody.read(exchange, (whole, ignored) -> {
            Optional<QueueEntry> permitted = queue.runNow(id);
            String reservation =
                    queue.schedule().paused().map(wording::butPaused).orElse("");
            conclude(
                    whole,
                    id,
                    permitted,
                    "permitted",
                    " may run outside of the window, as soon as no other download runs" + reservation,
                    "only an entry that waits can be permitted to run now");
        });
    }

    private void conclude(
            HttpServerExchange exchange,
            long id,
            Optional<QueueEntry> changed,
            String status,
            String words,
            String conflict) {
        if (changed.isPresent()) {
            String message = "Model " + changed.get().model().spelling() + words;
            Answers.json(exchange, StatusCodes.OK, ActionReplies.changed(status, message, changed.get()));
            return;
        }
        Optional<QueueEntry> standing = queue.find(id);
        if (standing.isEmpty()) {
            missing(exchange, id);
        } else {
            String state = "Entry " + id + " is " + standing.get().state().word();
            Answers.error(exchange, StatusCodes.CONFLICT, state + ": " + conflict);
        }
    }

    private static String notMoved(Spot spot) {
        return spot instanceof Spot.Before before
                ? "it and entry " + before.entry() + " must both be pending to be moved"
                : "only an entry that is pending can be moved";
    }

    private static void missing(HttpServerExchange exchange, long id) {
        Answers.error(exchange, StatusCodes.NOT_FOUND, "Entry " + id + " is not in the queue");
    }
}
