package io.github.ohhhllama.queue.internal.cron;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a cron expression fires in a time zone.
 *
 * <p>Five fields are read as crontab(5) describes them, six or seven as Quartz does. The expression is matched against
 * the wall clock, and daylight saving loses nothing and repeats nothing: a time that the clock skips fires right after
 * the gap, a time that it shows twice fires the first time.
 *
 * <p>Thread-safe; what it answers never changes.
 */
public final class CronSchedule {

    /** Stands for a moment that does not come: what a schedule answers whose last year is over. */
    public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final String expression;
    private final WallClock wall;
    private final WallTimes times;

    /** Whoever queues a model wants to know, and for hours the answer is the same. */
    private volatile @Nullable Firing latest;

    private CronSchedule(String expression, ZoneId zone, WallTimes times) {
        this.expression = expression;
        this.wall = new WallClock(zone);
        this.times = times;
    }

    /**
     * Parses an expression.
     *
     * @param expression five fields ({@code 0 3 * * *}), a nickname ({@code @daily}), or six or seven fields as Quartz
     *     has them ({@code 0 0 3 * * ?})
     * @param zone the zone whose wall clock counts
     * @throws IllegalArgumentException if the expression is wrong or can never fire; the message names the expression,
     *     the field and what was expected
     */
    public static CronSchedule parse(String expression, ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        String text = expression.strip();
        try {
            WallTimes times = timesOf(text);
            if (times.isEmpty()) {
                throw new IllegalArgumentException("it never fires, there is no such day; expected one that exists");
            }
            return new CronSchedule(text, zone, times);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("schedule \"" + text + "\": " + wrong.getMessage(), wrong);
        }
    }

    /**
     * Returns the next moment at which the schedule fires.
     *
     * @param after the moment to look from
     * @return the first moment strictly after it, or {@link #NEVER} if there is none within a hundred years from now
     */
    public Instant next(Instant after) {
        Firing known = latest;
        if (known == null || !known.isNextOf(after)) {
            LocalDateTime next = times.after(latestShown(after));
            known = new Firing(after, next == null ? NEVER : wall.reaches(next));
            latest = known;
        }
        return known.moment();
    }

    /** Returns the expression as it was given, without white space around it. */
    public String expression() {
        return expression;
    }

    /** Returns the zone whose wall clock counts. */
    public ZoneId zone() {
        return wall.zone();
    }

    /** Returns the expression and the zone. */
    @Override
    public String toString() {
        return expression + " (" + zone() + ')';
    }

    /** Returns expressions for Quartz's own triggers; between them they match at every firing, and maybe more often. */
    List<String> quartzExpressions() {
        return times.quartzExpressions();
    }

    private static WallTimes timesOf(String text) {
        if (text.startsWith("@")) {
            return UnixCron.parseNickname(text);
        }
        String[] fields = text.split("\\s+");
        return switch (fields.length) {
            case 5 -> UnixCron.parse(fields);
            case 6, 7 -> QuartzCron.parse(fields);
            default ->
                throw new IllegalArgumentException("expected five fields (minute hour day-of-month month day-of-week),"
                        + " six or seven as Quartz has them, or a nickname such as @daily, but found "
                        + (text.isEmpty() ? 0 : fields.length));
        };
    }

    /** Returns the latest time that the wall clock has shown by then: while it repeats an hour, the end of the first. */
    private LocalDateTime latestShown(Instant moment) {
        ZoneRules rules = zone().getRules();
        LocalDateTime shown = LocalDateTime.ofInstant(moment, rules.getOffset(moment));
        ZoneOffsetTransition change = rules.getTransition(shown);
        boolean repeating = change != null && change.isOverlap() && !moment.isBefore(change.getInstant());
        return repeating ? change.getDateTimeBefore().minusNanos(1) : shown;
    }

    /**
     * Is a firing that was looked for.
     *
     * @param after the moment from which on there is none before it
     * @param moment the firing
     */
    private record Firing(Instant after, Instant moment) {

        boolean isNextOf(Instant other) {
            return !other.isBefore(after) && other.isBefore(moment);
        }
    }
}
