package io.github.ohhhllama.queue;

import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Shortage;
import io.github.ohhhllama.queue.internal.disk.ModelStore;
import io.github.ohhhllama.queue.internal.plan.Forecaster;
import io.github.ohhhllama.queue.internal.plan.HourSample;
import io.github.ohhhllama.queue.internal.plan.Obstacles;
import io.github.ohhhllama.queue.internal.plan.Overtime;
import io.github.ohhhllama.queue.internal.plan.Pace;
import io.github.ohhhllama.queue.internal.plan.Situation;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the queue, the clock, the disk and the line say, and foresees the nights from it. Thread-safe.
 *
 * <p>A plan is kept for a second, unless something was changed here meanwhile: whoever lists the queue again and again
 * does not have it made again and again.
 */
final class NightPlanner {

    private static final int MOST_ENTRIES = 1000;
    private static final Duration MEMORY = Duration.ofDays(60);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Stores stores;
    private final Standing standing;
    private final Shifts shifts;
    private final ModelStore disk;
    private final Clock clock;
    private final Lock making = new ReentrantLock();
    private @Nullable Plan kept;
    private long changes;

    NightPlanner(Stores stores, Standing standing, Shifts shifts, ModelStore disk, Clock clock) {
        this.stores = stores;
        this.standing = standing;
        this.shifts = shifts;
        this.disk = disk;
        this.clock = clock;
    }

    /** Forgets the plan that is kept, because something was changed. */
    synchronized void forget() {
        kept = null;
        changes++;
    }

    /** Returns the plan; while one is being made, those who come wait for it. */
    Plan plan() {
        Optional<Plan> known = known();
        if (known.isPresent()) {
            return known.get();
        }
        making.lock();
        try {
            return known().orElseGet(this::make);
        } finally {
            making.unlock();
        }
    }

    private Plan make() {
        long seen;
        synchronized (this) {
            seen = changes;
        }
        Plan made = plan(clock.instant(), entries());
        synchronized (this) {
            if (seen == changes) {
                kept = made;
            }
        }
        return made;
    }

    /** Returns the plan that is kept, unless it is too old, or made by a clock that was put back since. */
    private synchronized Optional<Plan> known() {
        Instant now = clock.instant();
        return Optional.ofNullable(kept)
                .filter(plan -> !now.isBefore(plan.madeAt())
                        && now.isBefore(plan.madeAt().plus(FRESH)));
    }

    /**
     * Foresees an entry that is not in the queue.
     *
     * @param entry the entry, with the place it would have
     */
    Optional<Forecast> forecast(QueueEntry entry) {
        List<QueueEntry> entries = new ArrayList<>(entries());
        int before = entry.standing().map(place -> place.position() - 1).orElse(entries.size());
        entries.add(Math.min(before, entries.size()), entry);
        return plan(clock.instant(), entries).forecast(entry.id());
    }

    private Plan plan(Instant now, List<QueueEntry> entries) {
        Optional<Run> run = stores.runs().currentRun();
        Situation situation = new Situation(
                now,
                entries,
                shifts.hours(now),
                new Overtime(overtime(run), stores.queue().permitted()),
                new Obstacles(standing.pause().orElse(null), shortages(entries)));
        ZoneId zone = standing.zone();
        return new Forecaster(zone).plan(situation, pace(now, zone));
    }

    private List<QueueEntry> entries() {
        return stores.queue().snapshot(new Page(MOST_ENTRIES, 0)).queue();
    }

    /** A run by the schedule that has windows is no overtime, it is the window. */
    private Overtime.@Nullable Run overtime(Optional<Run> run) {
        return run.filter(open -> shifts.endsWhenEmpty(open))
                .map(open -> new Overtime.Run(open.until()))
                .orElse(null);
    }

    private Pace pace(Instant now, ZoneId zone) {
        List<HourSample> samples = stores.pace().since(now.minus(MEMORY)).stream()
                .map(sample -> new HourSample(sample.hour(), sample.bytes(), sample.millis()))
                .toList();
        return Pace.of(samples, now, zone);
    }

    private Map<Long, Shortage> shortages(List<QueueEntry> entries) {
        Map<Long, Shortage> shortages = new HashMap<>();
        for (QueueEntry entry : entries) {
            entry.size()
                    .flatMap(extent -> disk.shortage(extent.missing(), 0))
                    .ifPresent(shortage -> shortages.put(entry.id(), shortage));
        }
        return shortages;
    }
}
