package io.github.ohhhllama.queue.internal.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DaylightSavingTest {

    @ParameterizedTest
    @CsvSource({
        // The clock goes from 02:00 to 03:00: right after the gap.
        "Europe/Berlin,       30 2 * * *, 2027-03-27, 2027-03-27T02:30+01:00 2027-03-28T03:00+02:00 2027-03-29T02:30+02:00",
        "Europe/Berlin,       0 2 * * *,  2027-03-28, 2027-03-28T03:00+02:00 2027-03-29T02:00+02:00",
        "Europe/Berlin,       0 3 * * *,  2027-03-28, 2027-03-28T03:00+02:00 2027-03-29T03:00+02:00",
        // It shows 02:00 to 03:00 twice: the first time counts.
        "Europe/Berlin,       30 2 * * *, 2026-10-24, 2026-10-24T02:30+02:00 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00",
        "Europe/Berlin,       0 3 * * *,  2026-10-25, 2026-10-25T03:00+01:00 2026-10-26T03:00+01:00",
        "America/New_York,    30 2 * * *, 2027-03-13, 2027-03-13T02:30-05:00 2027-03-14T03:00-04:00 2027-03-15T02:30-04:00",
        "America/New_York,    30 1 * * *, 2026-10-31, 2026-10-31T01:30-04:00 2026-11-01T01:30-04:00 2026-11-02T01:30-05:00",
        // Half an hour only.
        "Australia/Lord_Howe, 15 2 * * *, 2026-10-03, 2026-10-03T02:15+10:30 2026-10-04T02:30+11:00 2026-10-05T02:15+11:00",
        "Australia/Lord_Howe, 45 2 * * *, 2026-10-04, 2026-10-04T02:45+11:00 2026-10-05T02:45+11:00",
        "Australia/Lord_Howe, 45 1 * * *, 2027-04-03, 2027-04-03T01:45+11:00 2027-04-04T01:45+11:00 2027-04-05T01:45+10:30",
        "Asia/Kolkata,        0 3 * * *,  2027-03-28, 2027-03-28T03:00+05:30 2027-03-29T03:00+05:30",
        // Samoa left out 30 December 2011.
        "Pacific/Apia,        0 3 * * *,  2011-12-29, 2011-12-29T03:00-10:00 2011-12-31T00:00+14:00 2011-12-31T03:00+14:00",
        "Pacific/Apia,        0 0 * * *,  2011-12-29, 2011-12-29T00:00-10:00 2011-12-31T00:00+14:00 2012-01-01T00:00+14:00",
        // Kwajalein left out 21 August 1993.
        "Pacific/Kwajalein,   0 3 * * *,  1993-08-20, 1993-08-20T03:00-12:00 1993-08-22T00:00+12:00 1993-08-22T03:00+12:00",
        // The clock changes at midnight, so the day starts at one, or twice.
        "Asia/Beirut,         0 0 * * *,  2026-03-28, 2026-03-28T00:00+02:00 2026-03-29T01:00+03:00 2026-03-30T00:00+03:00",
        "Asia/Beirut,         30 23 * * *,2026-10-24, 2026-10-24T23:30+03:00 2026-10-25T23:30+02:00",
        "America/Sao_Paulo,   30 0 * * *, 2018-11-03, 2018-11-03T00:30-03:00 2018-11-04T01:00-02:00 2018-11-05T00:30-02:00",
        "America/Sao_Paulo,   30 23 * * *,2018-02-16, 2018-02-16T23:30-02:00 2018-02-17T23:30-02:00 2018-02-18T23:30-03:00",
        // Quartz's own syntax means the same.
        "Europe/Berlin,       0 30 2 * * ?, 2027-03-28, 2027-03-28T03:00+02:00 2027-03-29T02:30+02:00",
        // The whole gap shrinks to one firing, and so does the hour that comes twice.
        "Europe/Berlin,       */20 2 * * *, 2027-03-28, 2027-03-28T03:00+02:00 2027-03-29T02:00+02:00",
        "Europe/Berlin,       */30 1-3 25 10 *, 2026-10-25, 2026-10-25T01:00+02:00 2026-10-25T01:30+02:00 "
                + "2026-10-25T02:00+02:00 2026-10-25T02:30+02:00 2026-10-25T03:00+01:00 2026-10-25T03:30+01:00",
    })
    void firesOnceForEveryTimeOfTheWallClock(String zone, String expression, LocalDate from, String expected) {
        CronSchedule schedule = CronSchedule.parse(expression, ZoneId.of(zone));
        List<OffsetDateTime> firings = new ArrayList<>();
        List<OffsetDateTime> wanted =
                List.of(expected.split(" ")).stream().map(OffsetDateTime::parse).toList();
        Instant last = from.atStartOfDay(schedule.zone()).toInstant().minusSeconds(1);
        while (firings.size() < wanted.size()) {
            last = schedule.next(last);
            firings.add(last.atZone(schedule.zone()).toOffsetDateTime());
        }
        assertThat(firings).isEqualTo(wanted);
    }

    @Test
    void doesNotFireAgainWhileTheHourComesForTheSecondTime() {
        CronSchedule schedule = CronSchedule.parse("30 2 * * *", ZoneId.of("Europe/Berlin"));

        Instant next = schedule.next(Instant.parse("2026-10-25T01:10:00Z"));

        assertThat(next).isEqualTo("2026-10-26T01:30:00Z");
    }

    @Test
    void looksForwardFromTheMomentTheGapEnds() {
        CronSchedule schedule = CronSchedule.parse("30 2 * * *", ZoneId.of("Europe/Berlin"));
        Instant change = Instant.parse("2027-03-28T01:00:00Z");

        assertThat(schedule.next(change.minusNanos(1))).isEqualTo(change);
        assertThat(schedule.next(change)).isEqualTo("2027-03-29T00:30:00Z");
    }
}
