package io.github.ohhhllama.queue;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.PullStream;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.queue.internal.disk.ModelStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that a download that was ended has ended.
 *
 * <p>Ollama stops a download when the last client that waits for it leaves, but not always: it misses a client that leaves
 * at the wrong moment and then goes on to the end (Ollama up to 0.33). Nothing in its API tells; the files of the download
 * do, where they can be seen. What goes on is joined and left again once a minute, and said. Thread-safe.
 */
final class Stillness {

    /** Ollama writes down how far it came when a download is cancelled. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** Ollama tries again after 30 seconds without a byte, but a line that moves writes every second. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final Duration BETWEEN_RETRIES = Duration.ofMinutes(1);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Stillness.class);

    private final OllamaClient ollama;
    private final ModelStore store;
    private final Executor errands;
    private final Clock clock;

    private @Nullable Stopped stopped;
    private ScheduleStatus.@Nullable Stillness verdict;

    /** The download that was ended, and what its files looked like. */
    private record Stopped(
            PullRequest request,
            Set<String> layers,
            Instant lookedAt,
            @Nullable Long lastWrite,
            Instant retriedAt) {

        Stopped seen(Instant now, long write) {
            return new Stopped(request, layers, now, write, retriedAt);
        }

        Stopped retried(Instant now) {
            return new Stopped(request, layers, lookedAt, lastWrite, now);
        }
    }

    Stillness(OllamaClient ollama, ModelStore store, Executor errands, Clock clock) {
        this.ollama = ollama;
        this.store = store;
        this.errands = errands;
        this.clock = clock;
    }

    /** Returns what is known since the last download was ended, if one was. */
    synchronized Optional<ScheduleStatus.Stillness> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** Forgets what was ended, because something is being downloaded again. */
    synchronized void started() {
        stopped = null;
        verdict = null;
    }

    /**
     * Begins to watch a download that was ended.
     *
     * @param request what was pulled
     * @param layers the digests of the layers it was at
     */
    synchronized void ended(PullRequest request, Set<String> layers) {
        stopped = new Stopped(request, layers, clock.instant(), null, Instant.MIN);
        verdict = ScheduleStatus.Stillness.UNVERIFIED;
    }

    /** Looks at the files, if it is time to; to be called every few seconds. */
    synchronized void look() {
        Stopped watched = stopped;
        Instant now = clock.instant();
        if (watched == null || now.isBefore(watched.lookedAt().plus(watched.lastWrite() == null ? GRACE : LOOK))) {
            return;
        }
        Optional<Long> write = store.lastWrite(watched.layers());
        if (write.isEmpty()) {
            stopped = null;
            return;
        }
        if (watched.lastWrite() == null) {
            stopped = watched.seen(now, write.get());
        } else if (write.get().equals(watched.lastWrite())) {
            quiet(watched);
        } else if (write.get() == 0) {
            LOG.warn(
                    "Ollama went on downloading {} to the end after it was told to stop",
                    watched.request().model());
            quiet(watched);
        } else {
            leaking(watched.seen(now, write.get()), now);
        }
    }

    private void quiet(Stopped watched) {
        LOG.debug("the download of {} has ended", watched.request().model());
        verdict = ScheduleStatus.Stillness.QUIET;
        stopped = null;
    }

    private void leaking(Stopped watched, Instant now) {
        if (verdict != ScheduleStatus.Stillness.LEAKING) {
            LOG.warn(
                    "Ollama goes on downloading {} although nobody waits for it; joining and leaving it again."
                            + " If this stays, only a restart of Ollama ends it",
                    watched.request().model());
        }
        verdict = ScheduleStatus.Stillness.LEAKING;
        stopped = watched;
        if (watched.retriedAt().equals(Instant.MIN)
                || !now.isBefore(watched.retriedAt().plus(BETWEEN_RETRIES))) {
            stopped = watched.retried(now);
            errands.execute(() -> joinAndLeave(watched.request()));
        }
    }

    private void joinAndLeave(PullRequest request) {
        try (PullStream joined = ollama.pull(request.model(), request.insecure())) {
            joined.next(SILENCE);
        } catch (OllamaException failure) {
            LOG.debug("joining the pull of {} failed: {}", request.model(), failure.getMessage());
        }
    }
}
