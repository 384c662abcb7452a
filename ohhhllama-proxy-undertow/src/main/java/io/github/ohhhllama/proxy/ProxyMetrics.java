package io.github.ohhhllama.proxy;

import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.proxy.internal.metrics.Exposition;
import org.jspecify.annotations.Nullable;

/**
 * Measures one proxy and the queue behind it, for {@code GET /metrics}. Hand it to the queue as a listener, or its
 * downloads are not counted, and to {@link OhhhllamaProxy.Builder#metrics}.
 *
 * <p>Nothing is shared with another instance. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ProxyMetrics implements QueueListener {

    private final Exposition exposition = new Exposition(System::nanoTime);

    /** Creates metrics of which nothing was measured yet. */
    public ProxyMetrics() {}

    @Override
    public void received(long bytes) {
        exposition.downloads().received(bytes);
    }

    @Override
    public void attemptEnded(Fetch fetch, @Nullable PullFailure failure) {
        exposition.downloads().attempted(fetch.outcome(), failure);
    }

    /** Returns where all is kept. */
    Exposition exposition() {
        return exposition;
    }
}
