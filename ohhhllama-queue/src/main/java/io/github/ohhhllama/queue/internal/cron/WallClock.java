package io.github.ohhhllama.queue.internal.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Objects;

/**
 * Is the clock on the wall of a place, read as a person does who waits for a time: a time is reached when the clock shows
 * it or a later one, and stays reached when the clock is put back. So a time that daylight saving skips is reached right
 * after the gap, and a time that it shows twice is reached the first time.
 *
 * @param zone the place
 */
public record WallClock(ZoneId zone) {

    /** Checks that there is a zone. */
    public WallClock {
        Objects.requireNonNull(zone, "zone");
    }

    /**
     * Returns the moment at which a time is reached.
     *
     * @param time the time on the wall
     */
    public Instant reaches(LocalDateTime time) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition change = rules.getTransition(time);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        return time.toInstant(rules.getOffset(time));
    }

    /**
     * Returns the moment at which a day begins.
     *
     * @param day the day
     */
    public Instant reaches(LocalDate day) {
        return reaches(day.atStartOfDay());
    }
}
