package io.github.ohhhllama.queue.internal.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Draws zones, expressions and dates by a fixed seed and compares with what trying every day says. */
final class CronSchedulePropertyTest {

    private static final int DRAWS = 400;
    private static final int FIRINGS = 30;

    private final Random chance = new Random(20261123);
    private final List<ZoneId> zones =
            ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();

    @Test
    void everyCrontabFiresWhenItsFieldsSay() {
        for (int i = 0; i < DRAWS; i++) {
            RandomCrontab crontab = RandomCrontab.draw(chance);
            LocalDate from = LocalDate.of(2026, 1, 1).plusDays(chance.nextInt(4000));
            assertFirings(crontab.text(), ZoneOffset.UTC, crontab.firings(from, FIRINGS), from.atStartOfDay());
        }
    }

    @Test
    void everyCrontabFiresOnceForEveryTimeAroundAChangeOfTheClock() {
        for (int i = 0; i < DRAWS; i++) {
            RandomCrontab crontab = RandomCrontab.draw(chance);
            ZoneId zone = zones.get(chance.nextInt(zones.size()));
            LocalDate from = dayOfAChange(zone).minusDays(2);
            assertFirings(crontab.text(), zone, crontab.firings(from, FIRINGS), from.atStartOfDay());
        }
    }

    @Test
    void everyDayOfAYearHasItsFiring() {
        for (int i = 0; i < DRAWS / 4; i++) {
            ZoneId zone = zones.get(chance.nextInt(zones.size()));
            LocalDate from = dayOfAChange(zone).minusDays(100);
            LocalTime time = LocalTime.of(chance.nextInt(4), chance.nextInt(60));
            List<LocalDateTime> days = IntStream.range(0, 365)
                    .mapToObj(day -> from.plusDays(day).atTime(time))
                    .toList();
            String expression = time.getMinute() + " " + time.getHour() + " * * *";
            assertFirings(expression, zone, days, from.atStartOfDay());
        }
    }

    @Test
    void lookingFromAnyMomentFindsTheFirstFiringAfterIt() {
        for (int i = 0; i < DRAWS; i++) {
            ZoneId zone = zones.get(chance.nextInt(zones.size()));
            CronSchedule schedule =
                    CronSchedule.parse(RandomCrontab.draw(chance).text(), zone);
            Instant moment =
                    dayOfAChange(zone).atTime(chance.nextInt(5), 0).atZone(zone).toInstant();
            Instant next = schedule.next(moment);
            assertThat(next).as("%s from %s", schedule, moment).isAfter(moment);
            assertThat(schedule.next(next.minusNanos(1)))
                    .as("%s from %s", schedule, moment)
                    .isEqualTo(next);
            assertThat(schedule.next(next)).as("%s from %s", schedule, next).isAfter(next);
        }
    }

    private static void assertFirings(String expression, ZoneId zone, List<LocalDateTime> times, LocalDateTime from) {
        CronSchedule schedule = CronSchedule.parse(expression, zone);
        List<Instant> expected =
                times.stream().map(time -> momentOf(time, zone)).distinct().toList();
        List<Instant> firings = new ArrayList<>();
        Instant last = momentOf(from, zone).minusNanos(1);
        while (firings.size() < expected.size()) {
            last = schedule.next(last);
            firings.add(last);
        }
        assertThat(firings).as("%s %s", schedule, schedule.quartzExpressions()).isEqualTo(expected);
    }

    private static Instant momentOf(LocalDateTime time, ZoneId zone) {
        ZonedDateTime moment = time.atZone(zone);
        if (moment.toLocalDateTime().equals(time)) {
            return moment.toInstant();
        }
        // java.time moves a skipped time on by the length of the gap; the change lies before it.
        return zone.getRules()
                .previousTransition(moment.toInstant().plusNanos(1))
                .getInstant();
    }

    /** Returns a day on which the zone's clock changes, or any day if it never does; Quartz knows no year before 1970. */
    private LocalDate dayOfAChange(ZoneId zone) {
        LocalDate day = LocalDate.of(1972, 1, 1).plusDays(chance.nextInt(60 * 365));
        ZoneOffsetTransition change =
                zone.getRules().nextTransition(day.atStartOfDay(zone).toInstant());
        return change == null ? day : change.getDateTimeBefore().toLocalDate();
    }
}
