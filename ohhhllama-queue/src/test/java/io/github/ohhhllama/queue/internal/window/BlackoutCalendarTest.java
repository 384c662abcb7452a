package io.github.ohhhllama.queue.internal.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BlackoutCalendarTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("holidays.ics");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whole days | DTSTART;VALUE=DATE:20271224/DTEND;VALUE=DATE:20271227 "
                        + "| 2027-12-24T00:00+01:00 2027-12-27T00:00+01:00",
                "one day without an end | DTSTART;VALUE=DATE:20270501 | 2027-05-01T00:00+02:00 2027-05-02T00:00+02:00",
                "two days | DTSTART;VALUE=DATE:20270501/DURATION:P2D | 2027-05-01T00:00+02:00 2027-05-03T00:00+02:00",
                "the day of 23 hours | DTSTART;VALUE=DATE:20270328 | 2027-03-28T00:00+01:00 2027-03-29T00:00+02:00",
                "every year | DTSTART;VALUE=DATE:20111225/RRULE:FREQ=YEARLY | 2027-12-25T00:00+01:00 2027-12-26T00:00+01:00",
                "UTC | DTSTART:20270501T100000Z/DTEND:20270501T120000Z | 2027-05-01T10:00Z 2027-05-01T12:00Z",
                "no zone | DTSTART:20270501T100000/DTEND:20270501T120000 | 2027-05-01T10:00+02:00 2027-05-01T12:00+02:00",
                "another zone | DTSTART;TZID=America/New_York:20270501T230000/DURATION:PT4H "
                        + "| 2027-05-01T23:00-04:00 2027-05-02T03:00-04:00",
                "over a change of the clock | DTSTART;TZID=America/New_York:20270312T230000/DURATION:PT1H/RRULE:FREQ=DAILY;"
                        + "COUNT=4/EXDATE;TZID=America/New_York:20270314T230000 "
                        + "| 2027-03-12T23:00-05:00 2027-03-13T00:00-05:00 2027-03-13T23:00-05:00 2027-03-14T00:00-05:00 "
                        + "2027-03-15T23:00-04:00 2027-03-16T00:00-04:00",
                "a day left out | DTSTART;VALUE=DATE:20270101/RRULE:FREQ=MONTHLY;UNTIL=20270315/EXDATE;VALUE=DATE:20270201 "
                        + "| 2027-01-01T00:00+01:00 2027-01-02T00:00+01:00 2027-03-01T00:00+01:00 2027-03-02T00:00+01:00",
                "given dates | DTSTART;VALUE=DATE:20270101/RDATE;VALUE=DATE:20270704 "
                        + "| 2027-01-01T00:00+01:00 2027-01-02T00:00+01:00 2027-07-04T00:00+02:00 2027-07-05T00:00+02:00",
                "over the turn of the year | DTSTART:20261230T000000Z/DTEND:20270103T000000Z "
                        + "| 2026-12-30T00:00Z 2027-01-03T00:00Z",
                "marked as free | DTSTART;VALUE=DATE:20270501/TRANSP:TRANSPARENT "
                        + "| 2027-05-01T00:00+02:00 2027-05-02T00:00+02:00",
                "cancelled | DTSTART;VALUE=DATE:20270501/STATUS:CANCELLED | ''",
                "no time at all | DTSTART:20270501T100000Z | ''",
            })
    void theTimeOfAnEventIsBlack(String what, String event, String moments) throws IOException {
        write(event("1", event));

        assertThat(BlackoutCalendar.open(file, BERLIN).in(2027)).as(what).isEqualTo(windows(moments));
    }

    @Test
    void theZoneOfTheProgramDoesNotMatter() throws IOException {
        write(event("1", "DTSTART;VALUE=DATE:20270501") + event("2", "DTSTART:20270601T100000/DURATION:PT1H"));
        TimeZone before = TimeZone.getDefault();
        for (String zone : List.of("Asia/Tokyo", "America/Sao_Paulo", "UTC", "Pacific/Kiritimati")) {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            try {
                assertThat(BlackoutCalendar.open(file, BERLIN).in(2027))
                        .as(zone)
                        .isEqualTo(windows("2027-05-01T00:00+02:00 2027-05-02T00:00+02:00 "
                                + "2027-06-01T10:00+02:00 2027-06-01T11:00+02:00"));
            } finally {
                TimeZone.setDefault(before);
            }
        }
    }

    @Test
    void aRepetitionThatWasMovedCountsWhereItIsNow() throws IOException {
        write(event("1", "DTSTART:20270501T100000Z/DURATION:PT1H/RRULE:FREQ=DAILY;COUNT=2")
                + event("1", "RECURRENCE-ID:20270502T100000Z/DTSTART:20270502T150000Z/DURATION:PT2H"));

        assertThat(BlackoutCalendar.open(file, BERLIN).in(2027))
                .isEqualTo(windows("2027-05-01T10:00Z 2027-05-01T11:00Z 2027-05-02T15:00Z 2027-05-02T17:00Z"));
    }

    @Test
    void aZoneMayBeDescribedInTheFile() throws IOException {
        String zone = "BEGIN:VTIMEZONE/TZID:Our Time/BEGIN:STANDARD/DTSTART:19700101T000000/TZOFFSETFROM:+0300"
                + "/TZOFFSETTO:+0300/END:STANDARD/END:VTIMEZONE/";
        write(zone.replace("/", "\r\n") + event("1", "DTSTART;TZID=Our Time:20270501T100000/DURATION:PT1H"));

        assertThat(BlackoutCalendar.open(file, BERLIN).in(2027))
                .isEqualTo(windows("2027-05-01T10:00+03:00 2027-05-01T11:00+03:00"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DTSTART;VALUE=DATE:2027x501 | line 6: DTSTART",
                "DTSTART;VALUE=DATE:20270501/RRULE:FREQ=SOMETIMES | line 7: RRULE",
                "DTSTART;TZID=Mars/Base:20270501T100000 | Mars/Base",
                "SUMMARY:no start | the event 1 has no DTSTART",
                "DTSTART:20270501T100000Z/RRULE:FREQ=SECONDLY | the event 1 repeats SECONDLY, expected HOURLY",
            })
    void whatIsNotUnderstoodIsRefused(String event, String message) throws IOException {
        write(event("1", event));

        assertRefused(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>not found</html>", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"})
    void whatIsNoWholeCalendarIsRefused(String text) throws IOException {
        Files.writeString(file, text);

        assertRefused("it does not end with END:VCALENDAR");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertRefused("cannot be read (NoSuchFileException), expected an iCalendar file");
    }

    @Test
    void aChangeOfTheFileIsTakenOver() throws IOException {
        write(event("1", "DTSTART;VALUE=DATE:20270501"));
        BlackoutCalendar calendar = BlackoutCalendar.open(file, BERLIN);
        write(event("1", "DTSTART;VALUE=DATE:20270601"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));

        calendar.refresh();

        assertThat(calendar.in(2027)).isEqualTo(windows("2027-06-01T00:00+02:00 2027-06-02T00:00+02:00"));
        assertThat(calendar.problem()).isEmpty();
    }

    @Test
    void whatWasReadLastStaysInForceWhileTheFileIsBrokenOrGone() throws IOException {
        write(event("1", "DTSTART;VALUE=DATE:20270501"));
        BlackoutCalendar calendar = BlackoutCalendar.open(file, BERLIN);
        List<Window> before = calendar.in(2027);

        Files.writeString(file, "BEGIN:VCALENDAR\r\n");
        calendar.refresh();
        assertThat(calendar.in(2027)).isEqualTo(before);
        assertThat(calendar.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains(file.toString(), "END:VCALENDAR", "what was read before stays in force"));
        calendar.refresh();
        assertThat(calendar.problem()).isPresent();

        Files.delete(file);
        calendar.refresh();
        assertThat(calendar.in(2027)).isEqualTo(before);
        assertThat(calendar.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("cannot be read"));

        write(event("1", "DTSTART;VALUE=DATE:20270501"));
        calendar.refresh();
        assertThat(calendar.problem()).isEmpty();
        assertThat(calendar.in(2027)).isEqualTo(before);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> BlackoutCalendar.open(file, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("calendar " + file)
                .hasMessageContaining(message);
    }

    private void write(String events) throws IOException {
        Files.writeString(
                file, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//ohhhllama//EN\r\n" + events + "END:VCALENDAR\r\n");
    }

    private static String event(String uid, String lines) {
        return "BEGIN:VEVENT\r\nUID:" + uid + "\r\n" + lines.replaceAll("/(?=[A-Z-]+[;:])", "\r\n")
                + "\r\nDTSTAMP:20260101T000000Z\r\nEND:VEVENT\r\n";
    }

    private static List<Window> windows(String moments) {
        List<Instant> instants = Stream.of(moments.split(" "))
                .filter(moment -> !moment.isEmpty())
                .map(moment -> OffsetDateTime.parse(moment).toInstant())
                .toList();
        return Stream.iterate(0, i -> i < instants.size(), i -> i + 2)
                .map(i -> new Window(instants.get(i), instants.get(i + 1)))
                .toList();
    }
}
