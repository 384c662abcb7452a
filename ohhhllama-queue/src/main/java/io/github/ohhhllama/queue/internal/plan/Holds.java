package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Hold;
import io.github.ohhhllama.Hold.Cause;
import io.github.ohhhllama.Shortage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts the reasons to wait in words, as seen from one moment. Immutable. */
public final class Holds {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final Duration ONE_WEEK = Duration.ofDays(7);

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final double STEP = 1000;

    private final Instant now;
    private final ZoneId zone;

    /**
     * Creates reasons.
     *
     * @param now when they are told; what is not within a day of it gets its weekday, or its date
     * @param zone whose clock the times are read from
     */
    public Holds(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * Returns the pause that somebody made.
     *
     * @param until when it ends, or null if somebody has to end it
     */
    public Hold manual(@Nullable Instant until) {
        return new Hold(Cause.MANUAL, until == null ? "paused by hand" : "paused by hand until " + time(until), until);
    }

    /**
     * Returns the lack of room on the disk.
     *
     * @param shortage how much is lacking
     */
    public Hold disk(Shortage shortage) {
        return new Hold(Cause.DISK, "waiting: " + size(shortage.missing()) + " short", null);
    }

    /**
     * Returns the wait for a window.
     *
     * @param opens when the next one opens, or null if none does
     * @param begun whether a part of the model is here from an earlier one
     */
    public Hold window(@Nullable Instant opens, boolean begun) {
        String what = begun ? "paused: window closed, " : "waits for the window, ";
        String when = opens == null ? "none is to come" : (begun ? "resumes " : "opens ") + time(opens);
        return new Hold(Cause.WINDOW, what + when, opens);
    }

    /**
     * Returns the pause after a failed attempt.
     *
     * @param nextAt when it ends
     */
    public Hold retry(Instant nextAt) {
        return new Hold(Cause.RETRY, "again after a failed attempt, not before " + time(nextAt), nextAt);
    }

    /**
     * Returns the wait for one's turn.
     *
     * @param others how many are before it, 1 or more
     */
    public Hold turn(int others) {
        return new Hold(Cause.TURN, others == 1 ? "1 other before it" : others + " others before it", null);
    }

    /** A minute that has begun counts as over: nothing happens before the time that is told. */
    private String time(Instant moment) {
        Instant minute =
                moment.plus(ChronoUnit.MINUTES.getDuration()).minusNanos(1).truncatedTo(ChronoUnit.MINUTES);
        ZonedDateTime local = minute.atZone(zone);
        Duration ahead = Duration.between(now, minute);
        if (ahead.compareTo(ONE_DAY) < 0) {
            return TIME.format(local);
        }
        // A week ahead the same weekday would be taken for today's.
        return (ahead.compareTo(ONE_WEEK.minus(ONE_DAY)) < 0 ? DAY : DATE).format(local);
    }

    private static String size(long bytes) {
        double amount = bytes;
        int unit = 0;
        // 999.95 is where one digit after the point would round up to the next unit.
        while (amount >= STEP - 0.05 && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }
}
