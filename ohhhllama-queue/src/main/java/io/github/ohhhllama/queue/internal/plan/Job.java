package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.QueueEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Is an entry as the simulation sees it.
 *
 * @param others how many stand before it; those that wait for room on the disk are in nobody's way
 * @param entry the entry
 * @param permitted whether it may run at any hour
 * @param parked whether it waits for room on the disk; nobody knows how long
 * @param release the moment before which it is not tried, in epoch milliseconds
 */
record Job(int others, QueueEntry entry, boolean permitted, boolean parked, long release) {

    private static final int MOST = 1000;

    /** Returns the first thousand entries in the order in which they are taken up. */
    static List<Job> of(Situation situation) {
        List<QueueEntry> ordered = situation.entries().stream()
                .sorted(Comparator.comparingInt(entry -> turn(entry, situation.overtime())))
                .limit(MOST)
                .toList();
        List<Job> jobs = new ArrayList<>();
        int others = 0;
        for (QueueEntry entry : ordered) {
            Job job = job(others, entry, situation);
            jobs.add(job);
            others += job.parked() ? 0 : 1;
        }
        return jobs;
    }

    /** What runs is not interrupted; whoever has a permit is next. */
    private static int turn(QueueEntry entry, Overtime overtime) {
        if (entry.state() == EntryState.DOWNLOADING) {
            return 0;
        }
        return overtime.permits().contains(entry.id()) ? 1 : 2;
    }

    private static Job job(int others, QueueEntry entry, Situation situation) {
        Instant nextAt = entry.attempts().nextAt();
        return new Job(
                others,
                entry,
                situation.overtime().permits().contains(entry.id()),
                situation.obstacles().shortages().containsKey(entry.id()) && entry.state() == EntryState.PENDING,
                nextAt == null || entry.state() == EntryState.DOWNLOADING ? Long.MIN_VALUE : nextAt.toEpochMilli());
    }

    boolean isRunning() {
        return entry.state() == EntryState.DOWNLOADING;
    }

    /** Tells whether bytes of it are here from before. */
    boolean isBegun() {
        return entry.downloaded()
                .map(download -> download.progress().completed() > 0)
                .orElse(false);
    }

    /** Tells whether it can be said what becomes of it. */
    boolean isForeseeable() {
        return !parked && entry.size().isPresent();
    }

    /** Returns how many bytes are to be fetched, if that is known. */
    OptionalLong missing() {
        return entry.size().map(extent -> OptionalLong.of(extent.missing())).orElseGet(OptionalLong::empty);
    }
}
