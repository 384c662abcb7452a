package io.github.ohhhllama.queue.internal.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronScheduleTest {

    /** A Monday. */
    private static final LocalDateTime START = LocalDateTime.of(2026, 11, 23, 12, 0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 3 * * *            | 2026-11-24T03:00 2026-11-25T03:00",
                "*/7 * * * *          | 2026-11-23T12:07 2026-11-23T12:14",
                "5/15 * * * *         | 2026-11-23T12:05 2026-11-23T12:20",
                "0 22 * * 1-5         | 2026-11-23T22:00 2026-11-24T22:00",
                "0 3 1 * *            | 2026-12-01T03:00 2027-01-01T03:00",
                "0 3 29 2 *           | 2028-02-29T03:00 2032-02-29T03:00",
                "0,30 4,16 * * *      | 2026-11-23T16:00 2026-11-23T16:30",
                // Sunday has two numbers and one name.
                "0 3 * * 0            | 2026-11-29T03:00 2026-12-06T03:00",
                "0 3 * * 7            | 2026-11-29T03:00 2026-12-06T03:00",
                "0 3 * * sun          | 2026-11-29T03:00 2026-12-06T03:00",
                "0 3 * * SUN          | 2026-11-29T03:00 2026-12-06T03:00",
                "0 3 * * 5-7          | 2026-11-27T03:00 2026-11-28T03:00 2026-11-29T03:00 2026-12-04T03:00",
                "0 3 * * 0-7          | 2026-11-24T03:00 2026-11-25T03:00 2026-11-26T03:00 2026-11-27T03:00",
                "0 3 * * Sun-7/2      | 2026-11-24T03:00 2026-11-26T03:00 2026-11-28T03:00 2026-11-29T03:00",
                "0 3 * * mon,Wed      | 2026-11-25T03:00 2026-11-30T03:00",
                "0 3 1 JAN,jul *      | 2027-01-01T03:00 2027-07-01T03:00",
                // Ranges may go around the end.
                "0 22-1 * * *         | 2026-11-23T22:00 2026-11-23T23:00 2026-11-24T00:00 2026-11-24T01:00 2026-11-24T22:00",
                "0 3 * * fri-mon      | 2026-11-27T03:00 2026-11-28T03:00 2026-11-29T03:00 2026-11-30T03:00 2026-12-04T03:00",
                "0 3 30-1 * *         | 2026-11-30T03:00 2026-12-01T03:00 2026-12-30T03:00",
                "0 3 1 nov-feb *      | 2026-12-01T03:00 2027-01-01T03:00 2027-02-01T03:00 2027-11-01T03:00",
                // Both days restricted: either fires; with a star in front of one of them, both must fit.
                "0 3 13 * 5           | 2026-11-27T03:00 2026-12-04T03:00 2026-12-11T03:00 2026-12-13T03:00",
                "0 3 31 2 1           | 2027-02-01T03:00 2027-02-08T03:00",
                "0 3 */2 * 1          | 2026-12-07T03:00 2026-12-21T03:00",
                "0 3 1-7 * */7        | 2026-12-06T03:00 2027-01-03T03:00",
                "@hourly              | 2026-11-23T13:00 2026-11-23T14:00",
                "@daily               | 2026-11-24T00:00 2026-11-25T00:00",
                "@midnight            | 2026-11-24T00:00 2026-11-25T00:00",
                "@Weekly              | 2026-11-29T00:00 2026-12-06T00:00",
                "@monthly             | 2026-12-01T00:00 2027-01-01T00:00",
                "@yearly              | 2027-01-01T00:00 2028-01-01T00:00",
                "@annually            | 2027-01-01T00:00 2028-01-01T00:00",
                // Quartz: seconds first, a year maybe, Sunday is 1.
                "0 0 3 * * ?          | 2026-11-24T03:00 2026-11-25T03:00",
                "30 0 3 ? * 1         | 2026-11-29T03:00:30 2026-12-06T03:00:30",
                "0 0 3 L * ?          | 2026-11-30T03:00 2026-12-31T03:00",
                "0 0 3 15W * ?        | 2026-12-15T03:00 2027-01-15T03:00 2027-02-15T03:00",
                "0 0 3 ? * 2#1        | 2026-12-07T03:00 2027-01-04T03:00",
                "0 0 3 ? * MON-FRI 2028 | 2028-01-03T03:00 2028-01-04T03:00",
            })
    void firesAsCrontabAndQuartzSay(String expression, String expected) {
        CronSchedule schedule = CronSchedule.parse(expression, ZoneOffset.UTC);
        List<LocalDateTime> wanted =
                List.of(expected.split(" ")).stream().map(LocalDateTime::parse).toList();
        List<LocalDateTime> firings = new ArrayList<>();
        Instant last = START.toInstant(ZoneOffset.UTC);
        while (firings.size() < wanted.size()) {
            last = schedule.next(last);
            firings.add(LocalDateTime.ofInstant(last, ZoneOffset.UTC));
        }
        assertThat(firings).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60 3 * * *    | minute \"60\" is wrong, expected 0 to 59",
                "*/0 3 * * *   | minute \"*/0\" is wrong, expected 0 to 59",
                "*/90 3 * * *  | minute \"*/90\" is wrong, expected 0 to 59",
                "-1 3 * * *    | minute \"-1\" is wrong",
                "1, 3 * * *    | minute \"1,\" is wrong",
                "1,,2 3 * * *  | minute \"1,,2\" is wrong",
                "1- 3 * * *    | minute \"1-\" is wrong",
                "? 3 * * *     | minute \"?\" is wrong",
                "0 24 * * *    | hour \"24\" is wrong, expected 0 to 23",
                "0 three * * * | hour \"three\" is wrong, expected 0 to 23",
                "0 3 0 * *     | day of month \"0\" is wrong, expected 1 to 31",
                "0 3 L * *     | day of month \"L\" is wrong, expected 1 to 31",
                "0 3 * 13 *    | month \"13\" is wrong, expected 1 to 12 or jan to dec",
                "0 3 * foo *   | month \"foo\" is wrong, expected 1 to 12 or jan to dec",
                "0 3 * * 8     | day of week \"8\" is wrong, expected 0 (Sunday) to 7 (Sunday) or sun to sat",
                "0 3 * * 5#2   | day of week \"5#2\" is wrong, expected 0 (Sunday) to 7 (Sunday) or sun to sat",
                "60 99 * * *   | minute \"60\" is wrong",
                "0 3 31 2 *    | it never fires",
                "0 3 30 2 */2  | it never fires",
                "0 0 3 30 2 ?  | it never fires",
                "0 3 * *       | expected five fields (minute hour day-of-month month day-of-week)",
                "1 2 3 4 5 6 7 8 | but found 8",
                "@reboot       | unknown nickname, expected one of @hourly, @daily",
                "0 0 24 * * ?  | hour \"24\" is wrong, expected 0 to 23",
                "0 0 3 32 * ?  | day of month \"32\" is wrong, expected 1 to 31",
                "0 0 3 ? * FOO | day of week \"FOO\" is wrong, expected 1 (Sunday) to 7 or SUN to SAT",
                "x 0 3 * * ?   | second \"x\" is wrong, expected 0 to 59",
                "0 0 3 * * *   | day of month \"*\" and day of week \"*\" do not go together, expected ? for one of them",
                "0 0 3 ? * ?   | day of month \"?\" and day of week \"?\" do not go together",
                "0 0 3 * * ? x | year \"x\" is wrong, expected 1970 to 2099",
            })
    void refusesByNameWhatIsWrong(String expression, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CronSchedule.parse(expression, ZoneOffset.UTC))
                .withMessageStartingWith("schedule \"" + expression + "\": ")
                .withMessageContaining(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\t"})
    void refusesNothingAtAll(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CronSchedule.parse(expression, ZoneOffset.UTC))
                .withMessage(
                        "schedule \"\": expected five fields (minute hour day-of-month month day-of-week), six or seven"
                                + " as Quartz has them, or a nickname such as @daily, but found 0");
    }

    @Test
    void remembersWhatItWasMadeOf() {
        CronSchedule schedule = CronSchedule.parse(" 0\t3  * * * ", ZoneId.of("Asia/Kolkata"));

        assertThat(schedule.expression()).isEqualTo("0\t3  * * *");
        assertThat(schedule.zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
        assertThat(schedule.next(Instant.parse("2026-11-23T00:00:00Z"))).isEqualTo("2026-11-23T21:30:00Z");
    }

    @Test
    void looksStrictlyAfterTheMoment() {
        CronSchedule schedule = CronSchedule.parse("0 3 * * *", ZoneOffset.UTC);
        Instant firing = Instant.parse("2026-11-24T03:00:00Z");

        assertThat(schedule.next(firing.minusNanos(1))).isEqualTo(firing);
        assertThat(schedule.next(firing)).isEqualTo("2026-11-25T03:00:00Z");
        assertThat(schedule.next(firing.plusNanos(1))).isEqualTo("2026-11-25T03:00:00Z");
    }

    @Test
    void answersNeverWhenItsLastYearIsOver() {
        CronSchedule schedule = CronSchedule.parse("0 0 3 31 12 ? 2027", ZoneOffset.UTC);

        assertThat(schedule.next(Instant.parse("2027-12-31T02:59:59Z"))).isEqualTo("2027-12-31T03:00:00Z");
        assertThat(schedule.next(Instant.parse("2027-12-31T03:00:00Z"))).isEqualTo(CronSchedule.NEVER);
    }
}
