package io.github.ohhhllama.queue;

import io.github.ohhhllama.PullProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Measures how fast a download runs, from the counts Ollama writes. Not thread-safe.
 *
 * <p>Ollama counts by layer and starts each at what is on the disk already, so only what is added to a layer's first
 * count was fetched now.
 */
final class Throughput {

    private static final Duration SPAN = Duration.ofSeconds(5);

    private record Sample(Instant at, long bytes) {}

    private final Map<String, Long> lastByLayer = new HashMap<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long fetched;

    /**
     * Takes a line in and returns the rate over the last seconds.
     *
     * @param progress the line
     * @param now when it came
     * @return bytes per second
     */
    long after(PullProgress progress, Instant now) {
        if (progress.digest() != null) {
            Long last = lastByLayer.put(progress.digest(), progress.completed());
            if (last != null) {
                fetched += Math.max(0, progress.completed() - last);
            }
        }
        samples.addLast(new Sample(now, fetched));
        while (samples.size() > 2 && samples.getFirst().at().plus(SPAN).isBefore(now)) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long millis = Duration.between(first.at(), now).toMillis();
        return millis <= 0 ? 0 : (fetched - first.bytes()) * 1000 / millis;
    }
}
