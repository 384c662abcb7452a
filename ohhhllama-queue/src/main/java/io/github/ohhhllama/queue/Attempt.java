package io.github.ohhhllama.queue;

import io.github.ohhhllama.Download;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.PullStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pulls one model once.
 *
 * <p>One thread runs {@link #run}; {@link #abort} and {@link #download} may be called from any.
 */
final class Attempt {

    private final OllamaClient ollama;
    private final PullRequest request;
    private final Duration silence;
    private final Clock clock;
    private final Throughput throughput = new Throughput();

    private volatile boolean aborted;
    private volatile @Nullable PullStream stream;
    private volatile @Nullable Download download;

    Attempt(OllamaClient ollama, PullRequest request, Duration silence, Clock clock) {
        this.ollama = ollama;
        this.request = request;
        this.silence = silence;
        this.clock = clock;
    }

    /**
     * Pulls until the model is there.
     *
     * @throws OllamaException if it is not there in the end, for whatever reason, an abort included
     */
    void run() {
        try (PullStream opened = ollama.pull(request.model(), request.insecure())) {
            stream = opened;
            if (!aborted) {
                readToSuccess(opened);
            }
        }
        if (aborted) {
            throw new OllamaException(PullFailure.NETWORK, "the pull of " + request.model() + " was ended", null, null);
        }
        requireListed(request.model());
    }

    /** Ends the pull at once; {@link #run} then throws. */
    void abort() {
        aborted = true;
        PullStream running = stream;
        if (running != null) {
            running.close();
        }
    }

    /** Tells whether the pull was ended by {@link #abort}. */
    boolean isAborted() {
        return aborted;
    }

    /** Returns how far the download is, or null before the first line. */
    @Nullable Download download() {
        return download;
    }

    private void readToSuccess(PullStream opened) {
        boolean verifying = false;
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
            download = new Download(progress, throughput.after(progress, clock.instant()));
            if (progress.isSuccess()) {
                return;
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
