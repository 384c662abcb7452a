package io.github.ohhhllama.queue.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void nothingMeasuredIsUnknown() {
        assertThat(Pace.unknown().at(3)).isEmpty();
        assertThat(Pace.of(List.of(), NOW, ZoneOffset.UTC).at(3)).isEmpty();
        assertThat(pace(new HourSample(NOW, 5, 0)).at(3)).isEmpty();
    }

    @Test
    void oneHourStandsForTheWholeDayInAWideRange() {
        assertThat(pace(sample(1, 3, 1000, HOUR)).at(20)).contains(new Speed(500, 1000, 1500));
    }

    @Test
    void theRangeIsWhatWasSeen() {
        List<HourSample> samples = new ArrayList<>();
        for (int night = 1; night <= 10; night++) {
            samples.add(sample(night, 3, 1000 + night, HOUR));
        }
        Speed speed = Pace.of(samples, NOW, ZoneOffset.UTC).at(3).orElseThrow();

        assertThat(speed.low()).isBetween(1001L, 1002L);
        assertThat(speed.likely()).isBetween(1004L, 1006L);
        assertThat(speed.high()).isBetween(1009L, 1010L);
    }

    @Test
    void theSameHourOfTheDayIsPreferred() {
        List<HourSample> samples = new ArrayList<>();
        for (int night = 1; night <= 4; night++) {
            samples.add(sample(night, 22, 100, HOUR));
            samples.add(sample(night, 23, 900, HOUR));
        }
        Pace pace = Pace.of(samples, NOW, ZoneOffset.UTC);

        assertThat(pace.at(22)).contains(new Speed(100, 100, 100));
        assertThat(pace.at(23)).contains(new Speed(900, 900, 900));
    }

    @Test
    void neighboursStandInForAnHourThatIsHardlyKnownAlsoAcrossMidnight() {
        List<HourSample> samples = new ArrayList<>();
        for (int night = 1; night <= 4; night++) {
            samples.add(sample(night, 23, 900, HOUR));
            samples.add(sample(night, 12, 100, HOUR));
        }
        samples.add(sample(1, 0, 5, Duration.ofSeconds(4)));

        assertThat(Pace.of(samples, NOW, ZoneOffset.UTC).at(0)).contains(new Speed(900, 900, 900));
    }

    @Test
    void allHoursStandInForAnHourNobodyKnows() {
        List<HourSample> samples = new ArrayList<>();
        for (int night = 1; night <= 4; night++) {
            samples.add(sample(night, 23, 900, HOUR));
            samples.add(sample(night, 3, 100, HOUR));
            samples.add(sample(night, 4, 100, HOUR));
        }
        assertThat(Pace.of(samples, NOW, ZoneOffset.UTC).at(12)).contains(new Speed(100, 100, 900));
    }

    @Test
    void aFewSecondsTellLittle() {
        List<HourSample> samples = new ArrayList<>();
        for (int night = 1; night <= 4; night++) {
            samples.add(sample(night, 3, 1000, HOUR));
            samples.add(sample(night, 3, 7, Duration.ofSeconds(5)));
            samples.add(sample(night, 3, 9, Duration.ofSeconds(5)));
        }
        assertThat(Pace.of(samples, NOW, ZoneOffset.UTC).at(3)).contains(new Speed(1000, 1000, 1000));
    }

    @Test
    void aLineThatBecameFasterIsFollowedWithinAWeek() {
        List<HourSample> samples = new ArrayList<>();
        for (int night = 1; night <= 30; night++) {
            samples.add(sample(night, 3, night <= 7 ? 5000 : 1000, HOUR));
        }
        assertThat(Pace.of(samples, NOW, ZoneOffset.UTC).at(3)).contains(new Speed(1000, 5000, 5000));
    }

    @Test
    void hoursAreThoseOfTheZone() {
        List<HourSample> samples = new ArrayList<>();
        for (int night = 1; night <= 4; night++) {
            samples.add(sample(night, 22, 900, HOUR));
            samples.add(sample(night, 10, 100, HOUR));
        }
        Pace pace = Pace.of(samples, NOW, ZoneId.of("Asia/Kolkata"));

        assertThat(pace.at(3)).contains(new Speed(900, 900, 900));
        assertThat(pace.at(15)).contains(new Speed(100, 100, 100));
    }

    @Test
    void samplesFromAClockThatWentBackAreNew() {
        assertThat(pace(new HourSample(NOW.plus(Duration.ofDays(400)), 3_600_000, 3_600_000))
                        .at(3))
                .contains(new Speed(500, 1000, 1500));
    }

    @Test
    void aLineThatIsDeadStaysDead() {
        assertThat(pace(sample(1, 3, 0, HOUR)).at(3)).contains(new Speed(0, 0, 0));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new HourSample(NOW, -1, 5)).hasMessageContaining("were -1 and 5");
        assertThatThrownBy(() -> new Speed(5, 4, 9)).hasMessageContaining("were 5, 4 and 9");
        assertThatThrownBy(() -> new Speed(5, 9, 8)).hasMessageContaining("were 5, 9 and 8");
    }

    private static Pace pace(HourSample sample) {
        return Pace.of(List.of(sample), NOW, ZoneOffset.UTC);
    }

    private static HourSample sample(int nightsAgo, int hour, long rate, Duration length) {
        Instant begin = Instant.parse("2026-11-23T00:00:00Z")
                .minus(Duration.ofDays(nightsAgo))
                .plus(Duration.ofHours(hour));
        return new HourSample(begin, rate * length.toSeconds(), length.toMillis());
    }
}
