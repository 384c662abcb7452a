package io.github.ohhhllama.proxy;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullStream;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.json.Replies;
import io.github.ohhhllama.proxy.internal.metrics.PullOutcome;
import io.github.ohhhllama.proxy.internal.relay.ClientWatch;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets pulls of cloud models pass by day, because what they fetch is a stub of a few hundred bytes, and cuts off those
 * that turn out to be more: the name alone is no proof. Thread-safe.
 */
final class CloudPulls {

    /** What a stub may have at most. */
    static final long MOST_BYTES = 10_000_000;

    /** For how long a stub may come; that Ollama talks on says nothing, as it repeats its last line. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Each takes a worker thread for as long as its registry likes, and these are for everybody. */
    private static final int MOST_AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(CloudPulls.class);

    private final OllamaClient ollama;
    private final Intake intake;
    private final QueuedPulls queuedPulls;
    private final Clock clock;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    CloudPulls(OllamaClient ollama, Intake intake, QueuedPulls queuedPulls, Clock clock) {
        this.clock = clock;
        this.ollama = ollama;
        this.intake = intake;
        this.queuedPulls = queuedPulls;
    }

    /**
     * Pulls the stub and hands its lines on; queues what turned out to be more before, and what comes while many others
     * are pulled.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param wish what is wanted
     */
    void pass(HttpServerExchange exchange, Wish wish) {
        if (intake.isQueued(wish.model()) || !free.tryAcquire()) {
            queuedPulls.answer(exchange, wish);
            return;
        }
        try {
            pull(exchange, wish);
        } finally {
            free.release();
        }
    }

    private void pull(HttpServerExchange exchange, Wish wish) {
        try (PullStream pull = ollama.pull(wish.model(), wish.insecure())) {
            // A backend that is not there is told as on any other path, by a status of its own.
            Optional<PullProgress> first = next(exchange, pull);
            if (wish.stream()) {
                passLines(exchange, wish, pull, first);
            } else {
                passEnd(exchange, wish, pull, first);
            }
        }
    }

    private void passLines(HttpServerExchange exchange, Wish wish, PullStream pull, Optional<PullProgress> first) {
        LineStream lines = new LineStream(exchange);
        try {
            if (run(exchange, pull, first, lines)) {
                lines.end(Replies.statusLine("success"));
            } else {
                queuedPulls.goOn(exchange, wish, lines);
            }
        } catch (OllamaException | QueueStorageException failure) {
            lines.end(Replies.errorLine(failure.getMessage()));
        } catch (IOException gone) {
            LOG.debug("the client left during the pull of {}", wish.model());
            lines.close();
        }
    }

    private void passEnd(HttpServerExchange exchange, Wish wish, PullStream pull, Optional<PullProgress> first) {
        try {
            if (run(exchange, pull, first, null)) {
                Answers.json(exchange, StatusCodes.OK, Replies.status("success"));
            } else {
                queuedPulls.answer(exchange, wish);
            }
        } catch (OllamaException failure) {
            Answers.error(exchange, StatusCodes.INTERNAL_SERVER_ERROR, failure.getMessage());
        } catch (IOException impossible) {
            throw new IllegalStateException("nothing was written", impossible);
        }
    }

    /** Returns true at success, and false, with the pull ended, when it is too large for a stub. */
    private boolean run(
            HttpServerExchange exchange, PullStream pull, Optional<PullProgress> first, @Nullable LineStream lines)
            throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        Instant end = clock.instant().plus(LONGEST);
        for (Optional<PullProgress> line = first; ; line = next(exchange, pull)) {
            if (line.isEmpty()) {
                throw new OllamaException(
                        PullFailure.NETWORK, "Ollama ended the pull without a word of success", null, null);
            }
            PullProgress progress = line.get();
            if (clock.instant().isAfter(end)) {
                throw new OllamaException(
                        PullFailure.STALLED, "the stub did not come within " + LONGEST.toSeconds() + " s", null, null);
            }
            if (progress.isSuccess()) {
                intake.count(PullOutcome.CLOUD);
                return true;
            }
            sizes.put(String.valueOf(progress.digest()), progress.total());
            if (sizes.values().stream().mapToLong(Long::longValue).sum() > MOST_BYTES) {
                pull.close();
                return false;
            }
            if (lines != null) {
                lines.write(Replies.progressLine(progress));
            }
        }
    }

    private static Optional<PullProgress> next(HttpServerExchange exchange, PullStream pull) {
        return ClientWatch.during(exchange, () -> end(exchange, pull), () -> pull.next(LONGEST));
    }

    /** Closing reads on for a moment, which no I/O thread has time for. */
    private static void end(HttpServerExchange exchange, PullStream pull) {
        exchange.getConnection().getWorker().execute(pull::close);
    }
}
