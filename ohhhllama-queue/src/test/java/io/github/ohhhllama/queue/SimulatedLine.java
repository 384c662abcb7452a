package io.github.ohhhllama.queue;

import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.ModelDetails;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is an Ollama and a line in one, on which bytes come when a simulation says so. Thread-safe. */
final class SimulatedLine implements OllamaClient {

    private final Map<ModelName, Long> sizes = new HashMap<>();
    private final Map<ModelName, Long> present = new HashMap<>();
    private @Nullable Download running;

    synchronized void offer(ModelName model, long size) {
        sizes.put(model, size);
    }

    synchronized boolean isBusy() {
        return running != null;
    }

    /** Lets bytes come, if anybody waits for them; returns how many came. */
    synchronized long bring(long most) {
        Download download = running;
        if (download == null) {
            return 0;
        }
        long before = present.getOrDefault(download.model, 0L);
        long after = Math.min(sizes.getOrDefault(download.model, 0L), before + most);
        present.put(download.model, after);
        download.news = true;
        notifyAll();
        return after - before;
    }

    @Override
    public String version() {
        return "0.33.0";
    }

    @Override
    public synchronized List<InstalledModel> installedModels() {
        return present.entrySet().stream()
                .filter(model -> model.getValue().equals(sizes.get(model.getKey())))
                .map(model -> new InstalledModel(model.getKey(), "0", model.getValue()))
                .toList();
    }

    @Override
    public Optional<ModelDetails> show(ModelName model) {
        return Optional.empty();
    }

    @Override
    public boolean delete(ModelName model) {
        return false;
    }

    @Override
    public boolean hasBlob(String digest) {
        return false;
    }

    @Override
    public synchronized PullStream pull(ModelName model, boolean insecure) {
        if (running != null) {
            throw new AssertionError("a second download was started beside " + running.model);
        }
        Download download = new Download(model);
        running = download;
        return download;
    }

    private final class Download implements PullStream {

        private final ModelName model;
        private boolean news = true;
        private boolean closed;

        Download(ModelName model) {
            this.model = model;
        }

        @Override
        public Optional<PullProgress> next(Duration silence) {
            synchronized (SimulatedLine.this) {
                while (!news && !closed) {
                    try {
                        SimulatedLine.this.wait();
                    } catch (InterruptedException interrupted) {
                        throw new AssertionError("nobody interrupts a reader", interrupted);
                    }
                }
                if (closed) {
                    throw new OllamaException(PullFailure.NETWORK, "closed", null, null);
                }
                news = false;
                long size = sizes.getOrDefault(model, 0L);
                long here = present.getOrDefault(model, 0L);
                return Optional.of(
                        here == size
                                ? PullProgress.of("success")
                                : new PullProgress("pulling", "sha256:" + model.key(), size, here));
            }
        }

        @Override
        public void close() {
            synchronized (SimulatedLine.this) {
                closed = true;
                if (running == this) {
                    running = null;
                }
                SimulatedLine.this.notifyAll();
            }
        }
    }
}
