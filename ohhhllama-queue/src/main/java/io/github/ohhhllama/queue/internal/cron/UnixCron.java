package io.github.ohhhllama.queue.internal.cron;

import com.cronutils.mapper.CronMapper;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Reads Unix cron expressions as crontab(5) of Vixie's cron describes them: five fields, or a nickname. */
final class UnixCron {

    private static final String ANY = "*";
    private static final String SYNTAX = "as * or a value, a range (a-b), a step (*/n, a-b/n) or a list of those (a,b)";

    private static final CronField MINUTE = new CronField(0, "minute", "0 to 59");
    private static final CronField HOUR = new CronField(1, "hour", "0 to 23");
    private static final CronField MONTH_DAY = new CronField(2, "day of month", "1 to 31");
    private static final CronField MONTH = new CronField(3, "month", "1 to 12 or jan to dec");
    private static final CronField WEEK_DAY = new CronField(4, "day of week", "0 (Sunday) to 7 (Sunday) or sun to sat");
    private static final List<CronField> FIELDS = List.of(MINUTE, HOUR, MONTH_DAY, MONTH, WEEK_DAY);

    /** The mapping to Quartz, whose week has no eighth day, would shrink a week from Sunday to Sunday to that one day. */
    private static final Pattern SUNDAY_TO_SUNDAY = Pattern.compile("(?<![^,])(?:0|sun)-7(?![^,/])");

    /** As cron-utils defines Unix, but with ranges that go around the end ({@code 22-6}), since Quartz knows those. */
    private static final CronDefinition UNIX = CronDefinitionBuilder.defineCron()
            .withMinutes()
            .and()
            .withHours()
            .and()
            .withDayOfMonth()
            .and()
            .withMonth()
            .and()
            .withDayOfWeek()
            .withValidRange(0, 7)
            .withMondayDoWValue(1)
            .withIntMapping(7, 0)
            .and()
            .withSupportedNicknameHourly()
            .withSupportedNicknameDaily()
            .withSupportedNicknameMidnight()
            .withSupportedNicknameWeekly()
            .withSupportedNicknameMonthly()
            .withSupportedNicknameYearly()
            .withSupportedNicknameAnnually()
            .instance();

    private UnixCron() {}

    /**
     * Parses a nickname.
     *
     * @param nickname for instance {@code @daily}, in any case
     * @throws IllegalArgumentException if it is unknown; the message does not repeat it
     */
    static WallTimes parseNickname(String nickname) {
        try {
            return WallTimes.ofAny(toQuartz(nickname.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "unknown nickname, expected one of"
                            + " @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually",
                    unknown);
        }
    }

    /**
     * Parses five fields.
     *
     * @param fields minute, hour, day of month, month, day of week
     * @throws IllegalArgumentException if one of them is wrong; the message names the first that is
     */
    static WallTimes parse(String[] fields) {
        FIELDS.forEach(field -> check(field, fields[field.index()]));
        String monthDay = fields[MONTH_DAY.index()];
        String weekDay = SUNDAY_TO_SUNDAY
                .matcher(fields[WEEK_DAY.index()].toLowerCase(Locale.ROOT))
                .replaceAll("0-6");
        CronExpression byMonthDay = toQuartz(fields, monthDay, ANY);
        CronExpression byWeekDay = toQuartz(fields, ANY, weekDay);
        if (weekDay.equals(ANY)) {
            return WallTimes.ofAny(byMonthDay);
        }
        if (monthDay.equals(ANY)) {
            return WallTimes.ofAny(byWeekDay);
        }
        // Quartz takes only one of the days. crontab(5) fires on either, unless one starts with a star: then on both.
        boolean both = monthDay.startsWith(ANY) || weekDay.startsWith(ANY);
        return both ? WallTimes.ofAll(byMonthDay, byWeekDay) : WallTimes.ofAny(byMonthDay, byWeekDay);
    }

    /** Tries a field alone among stars, since cron-utils does not say in which field it stumbled. */
    private static void check(CronField field, String value) {
        try {
            CronExpression unused = toQuartz(field.replacedIn(new String[] {ANY, ANY, ANY, ANY, ANY}, value));
        } catch (IllegalArgumentException wrong) {
            throw field.refuse(value, SYNTAX, wrong);
        }
    }

    private static CronExpression toQuartz(String[] fields, String monthDay, String weekDay) {
        String[] copy = fields.clone();
        copy[MONTH_DAY.index()] = monthDay;
        copy[WEEK_DAY.index()] = weekDay;
        return toQuartz(String.join(" ", copy));
    }

    private static CronExpression toQuartz(String unix) {
        String quartz = CronMapper.fromUnixToQuartz()
                .map(new CronParser(UNIX).parse(unix))
                .asString();
        try {
            return new CronExpression(quartz);
        } catch (ParseException unclear) {
            throw new IllegalArgumentException(unclear.getMessage(), unclear);
        }
    }
}
