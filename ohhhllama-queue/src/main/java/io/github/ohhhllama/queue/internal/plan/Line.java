package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.QueueEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Is the line as it is expected to be: the pace, and for the rest of the current hour the speed of the download that
 * runs. That speed alone stands for all hours if nothing else was ever measured. Immutable.
 */
final class Line {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MILLIS_A_SECOND = 1000;

    private final Pace pace;
    private final ZoneId zone;
    private final OptionalLong seen;
    private final long seenUntil;

    Line(Pace pace, ZoneId zone, Situation situation) {
        this.pace = pace;
        this.zone = zone;
        this.seen = situation.entries().stream()
                .filter(entry -> entry.state() == EntryState.DOWNLOADING)
                .map(QueueEntry::downloaded)
                .flatMap(Optional::stream)
                .mapToLong(Download::bytesPerSecond)
                .filter(rate -> rate > 0)
                .findFirst();
        this.seenUntil = hourEnd(situation.now().toEpochMilli());
    }

    /** Tells how fast it is at a moment, in epoch milliseconds; empty if nothing was measured. */
    Optional<Speed> at(long moment) {
        Optional<Speed> usual = pace.at((int) (Math.floorMod(local(moment), DAY) / HOUR));
        if (seen.isEmpty()) {
            return usual;
        }
        long rate = seen.getAsLong();
        if (usual.isEmpty()) {
            return Optional.of(Speed.around(rate));
        }
        return moment < seenUntil ? usual.map(speed -> speed.seenAt(rate)) : usual;
    }

    /** Returns when the next hour of the local day begins, in epoch milliseconds. */
    long hourEnd(long moment) {
        return moment + HOUR - Math.floorMod(local(moment), HOUR);
    }

    private long local(long moment) {
        int offset = zone.getRules().getOffset(Instant.ofEpochMilli(moment)).getTotalSeconds();
        return moment + offset * MILLIS_A_SECOND;
    }
}
