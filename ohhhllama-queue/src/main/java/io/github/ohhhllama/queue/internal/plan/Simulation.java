package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Night;
import io.github.ohhhllama.Stint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * Plays the queue through at one speed, one download at a time: at every turn the first that may run does, until it is
 * complete or the stretch is over. What runs is not interrupted by what comes free meanwhile.
 *
 * <p>All moments are epoch milliseconds. A download takes as many whole milliseconds as it needs, and an hour yields as
 * many whole bytes as come in it; both round against the download, so a faster line is never later. Not thread-safe.
 */
final class Simulation {

    private static final double MILLIS_A_SECOND = 1000;

    private final Line line;
    private final ToLongFunction<Speed> speed;
    private final List<Rest> waiting;
    private final Map<Long, Long> ends = new HashMap<>();
    private final List<Night> nights = new ArrayList<>();
    private final List<Stint> stints = new ArrayList<>();

    /** Is what is left of a job. */
    private static final class Rest {

        private final Job job;
        private long bytes;

        Rest(Job job) {
            this.job = job;
            this.bytes = job.missing().orElse(Long.MAX_VALUE);
        }
    }

    /**
     * Creates a simulation.
     *
     * @param line how fast it is; something must have been measured
     * @param speed which of the three speeds to take
     * @param jobs what is to be done, in order; one of unknown size never ends
     */
    Simulation(Line line, ToLongFunction<Speed> speed, List<Job> jobs) {
        this.line = line;
        this.speed = speed;
        this.waiting = new ArrayList<>(jobs.stream().map(Rest::new).toList());
    }

    /**
     * Plays.
     *
     * @param stretches the time ahead
     * @param begin nothing happens before
     */
    void play(List<Stretch> stretches, long begin) {
        for (Stretch stretch : stretches) {
            play(stretch, Math.max(stretch.from(), begin));
            if (!stints.isEmpty()) {
                Stint last = stints.get(stints.size() - 1);
                nights.add(new Night(stretch.shown(stints.get(0).from(), last.to()), stints));
                stints.clear();
            }
        }
    }

    /** Returns when a job is done; empty if that is not in sight. */
    OptionalLong end(Job job) {
        Long end = ends.get(job.entry().id());
        return end == null ? OptionalLong.empty() : OptionalLong.of(end);
    }

    /** Returns the stretches in which something is done. */
    List<Night> nights() {
        return List.copyOf(nights);
    }

    private void play(Stretch stretch, long from) {
        long at = from;
        while (at < stretch.to()) {
            Optional<Rest> next = next(stretch, at);
            at = next.isEmpty() ? release(stretch, at) : run(next.get(), at, stretch.to());
        }
    }

    private Optional<Rest> next(Stretch stretch, long at) {
        for (Rest rest : waiting) {
            if (stretch.admits(rest.job) && rest.job.release() <= at) {
                return Optional.of(rest);
            }
        }
        return Optional.empty();
    }

    /** Returns when the next of those that pause comes free, or the end of the stretch. */
    private long release(Stretch stretch, long at) {
        return waiting.stream()
                .map(rest -> rest.job)
                .filter(stretch::admits)
                .mapToLong(Job::release)
                .filter(moment -> moment > at)
                .min()
                .orElse(stretch.to());
    }

    private long run(Rest rest, long from, long limit) {
        long before = rest.bytes;
        long at = from;
        boolean finished = false;
        while (at < limit && !finished) {
            long piece = Math.min(line.hourEnd(at), limit) - at;
            long rate = rate(at);
            long needed = needed(rest.bytes, rate);
            finished = needed <= piece;
            rest.bytes = finished ? 0 : rest.bytes - came(rate, piece);
            at += Math.min(needed, piece);
        }
        if (finished) {
            waiting.remove(rest);
            ends.put(rest.job.entry().id(), at);
        }
        note(rest, from, at, before - rest.bytes, finished);
        return at;
    }

    private long rate(long at) {
        return line.at(at).map(speed::applyAsLong).orElse(0L);
    }

    private static long needed(long bytes, long rate) {
        return bytes == 0 ? 0 : (long) Math.ceil(bytes * MILLIS_A_SECOND / rate);
    }

    private static long came(long rate, long millis) {
        return (long) (rate * (millis / MILLIS_A_SECOND));
    }

    private void note(Rest rest, long from, long to, long bytes, boolean finished) {
        if (finished || bytes > 0) {
            Instant since = Instant.ofEpochMilli(from);
            Instant until = Instant.ofEpochMilli(to);
            stints.add(new Stint(rest.job.entry().id(), rest.job.entry().model(), since, until, bytes, finished));
        }
    }
}
