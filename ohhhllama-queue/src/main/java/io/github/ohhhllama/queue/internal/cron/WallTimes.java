package io.github.ohhhllama.queue.internal.cron;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * Lists the times a cron expression matches on a wall clock that knows no zone, and so no daylight saving.
 *
 * <p>Thread-safe: Quartz's expressions are only read after they were parsed.
 */
final class WallTimes {

    /** The year before the first one Quartz knows. */
    private static final LocalDateTime BEFORE_ALL = LocalDateTime.of(1969, 12, 31, 23, 59, 59);

    private final List<CronExpression> expressions;
    private final boolean all;

    private WallTimes(List<CronExpression> expressions, boolean all) {
        expressions.forEach(expression -> expression.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC)));
        this.expressions = List.copyOf(expressions);
        this.all = all;
    }

    /** Returns the times at which at least one of the expressions matches. */
    static WallTimes ofAny(CronExpression... expressions) {
        return new WallTimes(List.of(expressions), false);
    }

    /** Returns the times at which every one of the expressions matches. */
    static WallTimes ofAll(CronExpression... expressions) {
        return new WallTimes(List.of(expressions), true);
    }

    /** Tells whether there is no time at all, as on 31 February. */
    boolean isEmpty() {
        return after(BEFORE_ALL) == null;
    }

    /** Returns the first time after the given one, or null if there is none; Quartz looks a hundred years ahead. */
    @Nullable LocalDateTime after(LocalDateTime time) {
        Date start = Date.from(time.toInstant(ZoneOffset.UTC));
        Date next = all ? firstOfAll(start) : firstOfAny(start);
        return next == null ? null : LocalDateTime.ofInstant(next.toInstant(), ZoneOffset.UTC);
    }

    /** Returns the expressions as Quartz writes them; between them they match at every one of the times, and maybe more. */
    List<String> quartzExpressions() {
        return expressions.stream().map(CronExpression::getCronExpression).toList();
    }

    private @Nullable Date firstOfAny(Date start) {
        return expressions.stream()
                .map(expression -> expression.getTimeAfter(start))
                .filter(Objects::nonNull)
                .min(Date::compareTo)
                .orElse(null);
    }

    private @Nullable Date firstOfAll(Date start) {
        Date from = start;
        while (true) {
            List<Date> nexts = new ArrayList<>();
            for (CronExpression expression : expressions) {
                Date next = expression.getTimeAfter(from);
                if (next == null) {
                    return null;
                }
                nexts.add(next);
            }
            Date latest = nexts.stream().max(Date::compareTo).orElseThrow();
            if (nexts.stream().allMatch(latest::equals)) {
                return latest;
            }
            from = Date.from(latest.toInstant().minusSeconds(1));
        }
    }
}
