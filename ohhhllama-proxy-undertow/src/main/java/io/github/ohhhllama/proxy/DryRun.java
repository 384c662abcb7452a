package io.github.ohhhllama.proxy;

import io.github.ohhhllama.EnqueueResult.Refused;
import io.github.ohhhllama.Preview;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.internal.json.Previews;
import io.github.ohhhllama.proxy.internal.json.Previews.Denial;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import org.jspecify.annotations.Nullable;

/** Tells what would become of a pull: nothing is queued, and nobody is charged. Thread-safe. */
final class DryRun {

    private final QueueService queue;
    private final QueuedPulls queuedPulls;
    private final Callers callers;
    private final Wording wording;

    DryRun(QueueService queue, QueuedPulls queuedPulls, Callers callers, Wording wording) {
        this.queue = queue;
        this.queuedPulls = queuedPulls;
        this.callers = callers;
        this.wording = wording;
    }

    /**
     * Answers a pull that is not meant.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param wish what would be wanted
     */
    void answer(HttpServerExchange exchange, Wish wish) {
        if (wish.model().cloud() && !queuedPulls.isQueued(wish.model())) {
            String message = "The stub of cloud model " + wish.model().spelling() + " would be pulled at once";
            Answers.json(exchange, StatusCodes.OK, Previews.aside(wish.model(), "would_pass", message));
            return;
        }
        boolean here = queuedPulls.isHere(wish.model());
        Preview preview = queue.preview(wish.request(callers.requester(exchange), here));
        if (here && preview.outcome() instanceof Refused) {
            String message = "Model " + wish.model().spelling() + " is here, and no newer version would be queued";
            Answers.json(exchange, StatusCodes.OK, Previews.aside(wish.model(), "up_to_date", message));
            return;
        }
        Answers.json(exchange, StatusCodes.OK, Previews.of(wish.model(), preview, denial(wish, preview)));
    }

    /**
     * Tells that a pull would be refused before the queue is asked.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param wish what would be wanted
     * @param error why it is refused
     */
    void refuse(HttpServerExchange exchange, Wish wish, String error) {
        Denial denial = new Denial(error, StatusCodes.FORBIDDEN);
        Answers.json(exchange, StatusCodes.OK, Previews.refused(wish.model(), denial));
    }

    private @Nullable Denial denial(Wish wish, Preview preview) {
        if (preview.outcome() instanceof Refused refused) {
            PullRefusal refusal = PullRefusal.of(wish.model(), refused, wording);
            return new Denial(refusal.words(), refusal.status());
        }
        return null;
    }
}
