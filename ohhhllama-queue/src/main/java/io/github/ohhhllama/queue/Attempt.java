package io.github.ohhhllama.queue;

import io.github.ohhhllama.Download;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.PullStream;
import io.github.ohhhllama.queue.internal.sqlite.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Pulls one model once.
 *
 * <p>One thread runs {@link #run}; everything else may be called from any.
 */
final class Attempt {

    private final OllamaClient ollama;
    private final PullRequest request;
    private final Duration silence;
    private final Clock clock;
    private final Throughput throughput;

    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private volatile boolean verifying;
    private volatile @Nullable PullStream stream;
    private volatile @Nullable Download download;

    Attempt(OllamaClient ollama, Claim claim, Duration silence, Clock clock) {
        this.ollama = ollama;
        this.request = claim.request();
        this.throughput = new Throughput(claim.fetched() == 0 ? claim.lacking() : Set.of());
        this.silence = silence;
        this.clock = clock;
    }

    /**
     * Pulls until the model is there.
     *
     * @throws OllamaException if it is not there in the end, for whatever reason, {@link #end} included
     */
    void run() {
        try (PullStream opened = ollama.pull(request.model(), request.insecure())) {
            stream = opened;
            if (ending.get() == null) {
                readToSuccess(opened);
            }
        }
        if (ending.get() != null) {
            throw new OllamaException(PullFailure.NETWORK, "the pull of " + request.model() + " was ended", null, null);
        }
        requireListed(request.model());
    }

    /**
     * Ends the pull at once; {@link #run} then throws. Of several reasons the first counts.
     *
     * @param why the reason
     */
    void end(Ending why) {
        if (ending.compareAndSet(null, why)) {
            PullStream running = stream;
            if (running != null) {
                running.close();
            }
        }
    }

    /** Returns why the pull was ended, if {@link #end} ended it. */
    Optional<Ending> ending() {
        return Optional.ofNullable(ending.get());
    }

    /**
     * Returns how many bytes of what was lacking are on the disk.
     *
     * @param claim the right to the download, which knows what was lacking
     */
    long present(Claim claim) {
        return Math.max(claim.fetched(), throughput.present(claim.lacking()));
    }

    /** Returns what the download brought so far. */
    Throughput throughput() {
        return throughput;
    }

    /** Tells whether Ollama is hashing what it has, so that nothing comes over the line. */
    boolean isVerifying() {
        return verifying;
    }

    /** Returns how far the download is, or null before the first line. */
    @Nullable Download download() {
        return download;
    }

    private void readToSuccess(PullStream opened) {
        Stagnation stagnation = new Stagnation(silence);
        while (true) {
            Optional<PullProgress> line = opened.next(verifying ? Duration.ZERO : silence);
            if (line.isEmpty()) {
                throw new OllamaException(
                        PullFailure.NETWORK,
                        "Ollama ended the pull of " + request.model() + " without a word of success",
                        null,
                        null);
            }
            PullProgress progress = line.get();
            Instant now = clock.instant();
            download = new Download(progress, throughput.after(progress, now));
            if (progress.isSuccess()) {
                return;
            }
            if (stagnation.isReached(progress, now)) {
                throw new OllamaException(
                        PullFailure.STALLED,
                        "nothing of " + request.model() + " came for " + silence.toSeconds() + " s",
                        null,
                        null);
            }
            verifying = progress.isVerifying();
        }
    }

    private void requireListed(ModelName model) {
        boolean listed = ollama.installedModels().stream()
                .anyMatch(installed -> installed.name().equals(model));
        if (!listed) {
            throw new OllamaException(
                    PullFailure.NOT_LISTED,
                    "Ollama reported success, but " + model.display() + " is not in its list of models",
                    null,
                    null);
        }
    }
}
