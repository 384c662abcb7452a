package io.github.ohhhllama.proxy;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EnqueueResult.RateLimited;
import io.github.ohhhllama.EnqueueResult.Refused;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.json.Replies;
import io.github.ohhhllama.proxy.internal.metrics.PullOutcome;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts models into the queue and tells each client so in the words it understands. Thread-safe. */
final class QueuedPulls {

    private static final byte[] SUCCESS = Replies.statusLine("success");
    private static final Logger LOG = LoggerFactory.getLogger(QueuedPulls.class);

    private final Intake intake;
    private final InstalledModels installed;
    private final Callers callers;
    private final HeldPulls heldPulls;
    private final Wording wording;
    private final Clock clock;

    QueuedPulls(
            Intake intake,
            InstalledModels installed,
            Callers callers,
            HeldPulls heldPulls,
            Wording wording,
            Clock clock) {
        this.intake = intake;
        this.installed = installed;
        this.callers = callers;
        this.heldPulls = heldPulls;
        this.wording = wording;
        this.clock = clock;
    }

    /**
     * Answers a pull: with success if the model is here, else from the queue.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param wish what is wanted
     */
    void answer(HttpServerExchange exchange, Wish wish) {
        if (wish.stream() && callers.replyStyle(exchange) == ReplyStyle.HOLD) {
            answerSoon(exchange, wish, () -> result(exchange, wish));
        } else if (isHere(wish.model())) {
            refresh(exchange, wish);
            success(exchange, wish);
        } else {
            enqueue(exchange, wish);
        }
    }

    /** Answers one who waits, from the queue or, if it says nothing, with success; the head leaves soon after the question. */
    private void answerSoon(HttpServerExchange exchange, Wish wish, Supplier<Optional<EnqueueResult>> question) {
        Opening opening = Opening.soon(exchange);
        Optional<EnqueueResult> result;
        try {
            result = question.get();
        } catch (QueueStorageException trouble) {
            LineStream begun = opening.close().orElseThrow(() -> trouble);
            begun.end(Replies.errorLine(trouble.getMessage()));
            return;
        } catch (RuntimeException unplanned) {
            opening.close().ifPresent(LineStream::close);
            throw unplanned;
        }
        Optional<LineStream> begun = opening.close();
        if (begun.isPresent()) {
            goOn(exchange, wish, begun.get(), result);
        } else if (result.isPresent()) {
            tell(exchange, wish, result.get());
        } else {
            success(exchange, wish);
        }
    }

    /** Returns what the queue says to a pull, or nothing if the model is here. */
    private Optional<EnqueueResult> result(HttpServerExchange exchange, Wish wish) {
        if (isHere(wish.model())) {
            refresh(exchange, wish);
            return Optional.empty();
        }
        return Optional.of(enqueued(exchange, wish));
    }

    private EnqueueResult enqueued(HttpServerExchange exchange, Wish wish) {
        return intake.enqueue(wish.request(callers.requester(exchange), false));
    }

    private void refresh(HttpServerExchange exchange, Wish wish) {
        intake.refresh(wish.request(callers.requester(exchange), true));
    }

    /**
     * Answers a pull from the queue, wherever the model is.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param wish what is wanted
     */
    void enqueue(HttpServerExchange exchange, Wish wish) {
        if (wish.stream() && callers.replyStyle(exchange) == ReplyStyle.HOLD) {
            answerSoon(exchange, wish, () -> Optional.of(enqueued(exchange, wish)));
        } else {
            tell(exchange, wish, enqueued(exchange, wish));
        }
    }

    private void tell(HttpServerExchange exchange, Wish wish, EnqueueResult result) {
        result.match(
                queued -> accepted(exchange, wish, queued.entry(), Replies.queued(queued)),
                already -> accepted(exchange, wish, already.entry(), Replies.alreadyQueued(already)),
                current -> here(exchange, wish),
                refused -> refused(exchange, wish, refused));
    }

    /**
     * Refuses a model because of the registry it would come from.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param words why
     */
    void forbid(HttpServerExchange exchange, String words) {
        intake.count(PullOutcome.FORBIDDEN);
        Answers.error(exchange, StatusCodes.FORBIDDEN, words);
    }

    /**
     * Does as {@link #answer} for a client whose answer has begun already.
     *
     * @param exchange the exchange
     * @param wish what is wanted
     * @param lines the answer, which is ended or held
     */
    void goOn(HttpServerExchange exchange, Wish wish, LineStream lines) {
        goOn(exchange, wish, lines, result(exchange, wish));
    }

    private void goOn(HttpServerExchange exchange, Wish wish, LineStream lines, Optional<EnqueueResult> result) {
        if (result.isEmpty()) {
            lines.end(SUCCESS);
            return;
        }
        result.get()
                .match(
                        queued -> goOn(exchange, wish, lines, queued.entry()),
                        already -> goOn(exchange, wish, lines, already.entry()),
                        current -> end(lines, arrival(wish)),
                        refused -> end(
                                lines,
                                Replies.errorLine(PullRefusal.of(wish.model(), refused, wording)
                                        .words())));
    }

    /** Tells whether a model waits in the queue; says no when the queue cannot be asked. */
    boolean isQueued(ModelName model) {
        return intake.isQueued(model);
    }

    /** Tells whether Ollama has a model; says no when Ollama cannot be asked. */
    boolean isHere(ModelName model) {
        try {
            return installed.find(model).isPresent();
        } catch (OllamaException unknown) {
            // A queue that takes requests while Ollama is down is what it is there for.
            LOG.debug("cannot ask Ollama whether {} is here: {}", model, unknown.getMessage());
            return false;
        }
    }

    private static void success(HttpServerExchange exchange, Wish wish) {
        if (!wish.stream()) {
            Answers.json(exchange, StatusCodes.OK, Replies.status("success"));
            return;
        }
        say(exchange, SUCCESS);
    }

    private Void accepted(HttpServerExchange exchange, Wish wish, QueueEntry entry, byte[] object) {
        switch (callers.replyStyle(exchange)) {
            case OBJECT -> Answers.json(exchange, StatusCodes.ACCEPTED, object);
            case HOLD -> hold(exchange, wish, entry);
            case DIALECT -> tell(exchange, wish, entry);
        }
        return null;
    }

    private Void goOn(HttpServerExchange exchange, Wish wish, LineStream lines, QueueEntry entry) {
        if (callers.replyStyle(exchange) == ReplyStyle.HOLD) {
            heldPulls.goOn(exchange, vigil(exchange, wish, entry), lines);
        } else {
            lines.end(Replies.errorLine(wording.queued(entry)));
        }
        return null;
    }

    /** Returns the last line for one whose model is here; who wants to make another of it is not there yet. */
    private byte[] arrival(Wish wish) {
        return wish.base() ? Replies.errorLine(wording.askAgain(wish.model())) : SUCCESS;
    }

    private static Void end(LineStream lines, byte[] line) {
        lines.end(line);
        return null;
    }

    private void hold(HttpServerExchange exchange, Wish wish, QueueEntry entry) {
        heldPulls.hold(exchange, vigil(exchange, wish, entry));
    }

    private Vigil vigil(HttpServerExchange exchange, Wish wish, QueueEntry entry) {
        Instant until = callers.patience(exchange).map(clock.instant()::plus).orElse(Instant.MAX);
        return new Vigil(wish, entry.id(), clock.instant(), until);
    }

    private void tell(HttpServerExchange exchange, Wish wish, QueueEntry entry) {
        String text = wording.queued(entry);
        if (!wish.stream()) {
            Answers.retryAfter(exchange, Answers.pause(entry, clock.instant()));
            Answers.error(exchange, StatusCodes.SERVICE_UNAVAILABLE, text);
            return;
        }
        endInError(exchange, text);
    }

    private Void here(HttpServerExchange exchange, Wish wish) {
        if (!wish.base()) {
            success(exchange, wish);
        } else if (wish.stream()) {
            say(exchange, arrival(wish));
        } else {
            Answers.retryAfter(exchange, Duration.ZERO);
            Answers.error(exchange, StatusCodes.SERVICE_UNAVAILABLE, wording.askAgain(wish.model()));
        }
        return null;
    }

    private Void refused(HttpServerExchange exchange, Wish wish, Refused refused) {
        PullRefusal refusal = PullRefusal.of(wish.model(), refused, wording);
        if (refusal.dialect() && wish.stream() && callers.replyStyle(exchange) != ReplyStyle.OBJECT) {
            endInError(exchange, refusal.words());
            return null;
        }
        if (refused instanceof RateLimited limited) {
            Answers.retryAfter(
                    exchange, Duration.between(clock.instant(), limited.rate().resetsAt()));
        }
        Answers.error(exchange, refusal.status(), refusal.words());
        return null;
    }

    /** Says no as Ollama does to one who reads lines: the status is 200, the last line an error. */
    private static void endInError(HttpServerExchange exchange, String text) {
        say(exchange, Replies.errorLine(text));
    }

    private static void say(HttpServerExchange exchange, byte[] lastLine) {
        LineStream.send(exchange, Replies.statusLine("pulling manifest"), lastLine);
    }
}
