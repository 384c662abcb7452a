package io.github.ohhhllama.proxy;

import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.json.Heartbeat;
import io.github.ohhhllama.proxy.internal.json.Replies;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one client that waits for its model: heartbeats, then the real progress, then how it ended.
 *
 * <p>Not thread-safe; looked after by one thread at a time.
 */
final class HeldPull {

    /** How often to look. */
    static final Duration BEAT = Duration.ofSeconds(1);

    /** Gateways cut streams that are silent for 30 seconds. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(HeldPull.class);

    private final HttpServerExchange exchange;
    private final Vigil vigil;
    private final Wording wording;
    private final Heartbeat heartbeat;
    private final @Nullable LineStream lines;
    private @Nullable PullProgress shown;
    private Instant spokeAt = Instant.MIN;

    private HeldPull(HttpServerExchange exchange, Vigil vigil, Wording wording, @Nullable LineStream lines) {
        this.exchange = exchange;
        this.vigil = vigil;
        this.wording = wording;
        this.heartbeat = Heartbeat.of(vigil.wish().model());
        this.lines = lines;
    }

    /** Begins an answer. */
    static HeldPull begin(HttpServerExchange exchange, Vigil vigil, Wording wording) {
        return new HeldPull(exchange, vigil, wording, vigil.wish().stream() ? new LineStream(exchange) : null);
    }

    /** Goes on with an answer some lines of which the client has. */
    static HeldPull goOn(HttpServerExchange exchange, Vigil vigil, Wording wording, LineStream lines) {
        HeldPull pull = new HeldPull(exchange, vigil, wording, lines);
        pull.spokeAt = vigil.since();
        return pull;
    }

    /**
     * Looks at the entry and tells the client what is new.
     *
     * @param queue where the entry is
     * @param now the moment
     * @return whether there is more to come
     */
    boolean advance(QueueService queue, Instant now) {
        try {
            if (spokeAt.equals(Instant.MIN)) {
                begin(now);
            }
            return look(queue, now);
        } catch (IOException gone) {
            LOG.debug("the client stopped waiting for {}, which stays in the queue", model());
            exchange.endExchange();
            return false;
        }
    }

    private boolean look(QueueService queue, Instant now) throws IOException {
        Optional<QueueEntry> found;
        try {
            found = queue.find(vigil.entry());
        } catch (QueueStorageException trouble) {
            // Whoever waits in between would take silence for a broken line, and has no patience for it.
            return !vigil.until().isAfter(now)
                    ? postpone(trouble.getMessage(), Duration.ZERO)
                    : beat(Optional.empty(), now);
        }
        return found.isEmpty() ? fail(model() + " was removed from the queue") : tell(found.get(), now);
    }

    private boolean beat(Optional<Extent> extent, Instant now) throws IOException {
        if (!spokeAt.plus(HEARTBEAT).isAfter(now)) {
            say(heartbeat.line(Duration.between(vigil.since(), now), extent), now);
        }
        return true;
    }

    /** Tells the client that the proxy stops; returns false, since nothing more comes. */
    boolean stop() {
        return postpone("ohhhllama is stopping; " + model() + " stays in the queue", Duration.ZERO);
    }

    private ModelName model() {
        return vigil.wish().model();
    }

    private boolean tell(QueueEntry found, Instant now) throws IOException {
        if (found.state() == EntryState.COMPLETED) {
            return vigil.wish().base() ? postpone(wording.askAgain(model()), Duration.ZERO) : succeed();
        }
        if (found.state() == EntryState.FAILED) {
            return fail(found.attempts().lastError().orElse("the download of " + model() + " failed"));
        }
        if (!vigil.until().isAfter(now)) {
            return postpone(wording.queued(found), Answers.pause(found, now));
        }
        Optional<PullProgress> progress = found.state() == EntryState.DOWNLOADING
                ? found.downloaded().map(Download::progress).filter(line -> !line.isSuccess())
                : Optional.empty();
        if (progress.isPresent() && !progress.get().equals(shown)) {
            shown = progress.get();
            say(Replies.progressLine(shown), now);
            return true;
        }
        return beat(found.size(), now);
    }

    private boolean succeed() {
        if (lines == null) {
            Answers.json(exchange, StatusCodes.OK, Replies.status("success"));
        } else {
            lines.end(Replies.statusLine("success"));
        }
        return false;
    }

    private boolean fail(String text) {
        return end(StatusCodes.INTERNAL_SERVER_ERROR, text);
    }

    /** Says no for now. */
    private boolean postpone(String text, Duration pause) {
        if (lines == null) {
            Answers.retryAfter(exchange, pause);
        }
        return end(StatusCodes.SERVICE_UNAVAILABLE, text);
    }

    private boolean end(int status, String text) {
        if (lines == null) {
            Answers.error(exchange, status, text);
        } else {
            lines.end(Replies.errorLine(text));
        }
        return false;
    }

    private void begin(Instant now) throws IOException {
        spokeAt = now;
        if (lines != null) {
            lines.begin(Replies.statusLine("pulling manifest"));
        }
    }

    private void say(byte[] line, Instant now) throws IOException {
        spokeAt = now;
        if (lines != null) {
            lines.write(line);
        }
    }
}
