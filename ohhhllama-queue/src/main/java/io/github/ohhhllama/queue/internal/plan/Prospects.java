package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Forecast.Tonight;
import io.github.ohhhllama.Night;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Knows when each entry will be ready if the line is fast, as usual, and slow.
 *
 * <p>Of the unknown the fast and the usual course assume the best: an entry of unknown size takes no time, and one that
 * waits for room on the disk stays away. The slow one assumes the worst: the former takes forever, and the latter gets
 * its room at once and takes its turn. A pause after a failed attempt may let a faster line choose another order, so
 * that an entry is later for it; the range spans all three courses. Immutable.
 */
final class Prospects {

    private final Simulation usual;
    private final Simulation fast;
    private final Simulation slow;
    private final Optional<Instant> tonight;

    Prospects(Line line, Outlook outlook, Instant begin, List<Job> jobs) {
        List<Job> foreseeable = jobs.stream().filter(Job::isForeseeable).toList();
        usual = new Simulation(line, Speed::likely, foreseeable);
        fast = new Simulation(line, Speed::high, foreseeable);
        slow = new Simulation(line, Speed::low, jobs);
        tonight = outlook.tonight();
        List<Stretch> stretches = outlook.stretches();
        Stream.of(usual, fast, slow).forEach(course -> course.play(stretches, begin.toEpochMilli()));
    }

    /** Returns what runs when if the line is as usual. */
    List<Night> nights() {
        return usual.nights();
    }

    Optional<Instant> earliest(Job job) {
        return moment(ends(job).min());
    }

    /** Returns nothing if the slow course does not reach the end. */
    Optional<Instant> latest(Job job) {
        return slow.end(job).isEmpty() || !job.isForeseeable()
                ? Optional.empty()
                : moment(ends(job).max());
    }

    Tonight tonight(Job job) {
        if (!job.isForeseeable()) {
            return Tonight.UNKNOWN;
        }
        if (!isTonight(earliest(job))) {
            return Tonight.NO;
        }
        return isTonight(latest(job)) ? Tonight.YES : Tonight.MAYBE;
    }

    private boolean isTonight(Optional<Instant> moment) {
        return moment.isPresent() && tonight.isPresent() && !moment.get().isAfter(tonight.get());
    }

    private LongStream ends(Job job) {
        return job.isForeseeable()
                ? Stream.of(usual, fast, slow).map(course -> course.end(job)).flatMapToLong(OptionalLong::stream)
                : LongStream.empty();
    }

    private static Optional<Instant> moment(OptionalLong millis) {
        return millis.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis.getAsLong()));
    }
}
