package io.github.ohhhllama.queue;

import io.github.ohhhllama.PullProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Measures how much a download brings and how fast, from the counts Ollama writes. One thread takes lines in; the others
 * may read.
 *
 * <p>Ollama counts by layer and starts each at what is on the disk already, so only what is added to a layer's first
 * count was fetched now.
 */
final class Throughput {

    private static final Duration SPAN = Duration.ofSeconds(5);

    private record Sample(Instant at, long bytes) {}

    private final Set<String> lacking;
    private final Map<String, Long> lastByLayer = new HashMap<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long fetched;
    private long peak;

    /**
     * Creates a measurement.
     *
     * @param lacking the digests of layers of which nothing was here: one that is complete when Ollama speaks of it first was
     *     fetched meanwhile
     */
    Throughput(Set<String> lacking) {
        this.lacking = Set.copyOf(lacking);
    }

    /**
     * Takes a line in and returns the rate over the last seconds.
     *
     * @param progress the line
     * @param now when it came
     * @return bytes per second
     */
    synchronized long after(PullProgress progress, Instant now) {
        if (progress.digest() != null) {
            Long last = lastByLayer.put(progress.digest(), progress.completed());
            fetched += Math.max(0, progress.completed() - (last == null ? begin(progress) : last));
        }
        samples.addLast(new Sample(now, fetched));
        while (samples.size() > 2 && samples.getFirst().at().plus(SPAN).isBefore(now)) {
            samples.removeFirst();
        }
        long rate = rate(now);
        peak = Math.max(peak, rate);
        return rate;
    }

    private long begin(PullProgress first) {
        boolean cameMeanwhile = first.completed() == first.total() && lacking.contains(first.digest());
        return cameMeanwhile ? 0 : first.completed();
    }

    /** Returns how many bytes came over the line. */
    synchronized long fetched() {
        return fetched;
    }

    /**
     * Returns how many bytes of some layers are on the disk, those that were there before included.
     *
     * @param layers the digests of the layers that count; all that were seen, if there are none
     */
    synchronized long present(Set<String> layers) {
        return lastByLayer.entrySet().stream()
                .filter(layer -> layers.isEmpty() || layers.contains(layer.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Returns the highest rate over some seconds, in bytes per second. */
    synchronized long peak() {
        return peak;
    }

    /** Returns the digests of the layers seen so far. */
    synchronized Set<String> layers() {
        return Set.copyOf(lastByLayer.keySet());
    }

    private long rate(Instant now) {
        Sample first = samples.getFirst();
        long millis = Duration.between(first.at(), now).toMillis();
        return millis <= 0 ? 0 : (fetched - first.bytes()) * 1000 / millis;
    }
}
