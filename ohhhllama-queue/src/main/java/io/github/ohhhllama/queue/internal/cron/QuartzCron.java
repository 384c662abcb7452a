package io.github.ohhhllama.queue.internal.cron;

import java.text.ParseException;
import java.util.List;
import org.quartz.CronExpression;

/** Reads Quartz cron expressions: six fields, seconds first, or seven, with a year. */
final class QuartzCron {

    private static final CronField MONTH_DAY = new CronField(3, "day of month", "1 to 31");
    private static final CronField WEEK_DAY = new CronField(5, "day of week", "1 (Sunday) to 7 or SUN to SAT");
    private static final List<CronField> FIELDS = List.of(
            new CronField(0, "second", "0 to 59"),
            new CronField(1, "minute", "0 to 59"),
            new CronField(2, "hour", "0 to 23"),
            MONTH_DAY,
            new CronField(4, "month", "1 to 12 or JAN to DEC"),
            WEEK_DAY,
            new CronField(6, "year", "1970 to 2099"));

    private QuartzCron() {}

    /**
     * Parses six or seven fields.
     *
     * @param fields second, minute, hour, day of month, month, day of week and maybe year
     * @throws IllegalArgumentException if Quartz does not understand them; the message names the first wrong field
     */
    static WallTimes parse(String[] fields) {
        FIELDS.stream().limit(fields.length).forEach(field -> check(field, fields[field.index()]));
        try {
            return WallTimes.ofAny(new CronExpression(String.join(" ", fields)));
        } catch (ParseException unclear) {
            throw new IllegalArgumentException(
                    "day of month \"" + fields[MONTH_DAY.index()] + "\" and day of week \"" + fields[WEEK_DAY.index()]
                            + "\" do not go together, expected ? for one of them",
                    unclear);
        }
    }

    /** Tries a field alone, since Quartz does not always say in which one it stumbled. */
    private static void check(CronField field, String value) {
        boolean leftOpen = value.equals("?") && (field.equals(MONTH_DAY) || field.equals(WEEK_DAY));
        if (leftOpen) {
            return;
        }
        String monthDay = field.equals(WEEK_DAY) ? "?" : "*";
        String weekDay = field.equals(WEEK_DAY) ? "*" : "?";
        try {
            CronExpression.validateExpression(
                    field.replacedIn(new String[] {"0", "0", "0", monthDay, "*", weekDay, "*"}, value));
        } catch (ParseException wrong) {
            throw field.refuse(value, "in the syntax of Quartz (" + wrong.getMessage() + ')', wrong);
        }
    }
}
