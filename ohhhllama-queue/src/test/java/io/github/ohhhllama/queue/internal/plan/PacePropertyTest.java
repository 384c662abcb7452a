package io.github.ohhhllama.queue.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class PacePropertyTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Property(edgeCases = EdgeCasesMode.NONE)
    void speedsAscendAndLieWithinWhatWasMeasuredOrALittleWider(
            @ForAll("samples") List<HourSample> samples, @ForAll @IntRange(max = 23) int hour) {
        Pace pace = Pace.of(samples, NOW, ZoneId.of("Europe/Berlin"));

        assertThat(pace.at(hour).isPresent()).isEqualTo(samples.stream().anyMatch(sample -> sample.millis() > 0));
        pace.at(hour).ifPresent(speed -> {
            assertThat(speed.low()).isBetween(0L, speed.likely());
            assertThat(speed.high()).isGreaterThanOrEqualTo(speed.likely());
            assertThat(samples.stream().filter(sample -> sample.millis() > 0).map(sample -> (long) sample.rate()))
                    .contains(speed.likely());
        });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void orderOfTheSamplesDoesNotMatter(@ForAll("samples") List<HourSample> samples, @ForAll long seed) {
        List<HourSample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(Pace.of(shuffled, NOW, ZoneOffset.UTC).at(3).map(Speed::likely))
                .isEqualTo(Pace.of(samples, NOW, ZoneOffset.UTC).at(3).map(Speed::likely));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void oneOutlierDoesNotLeadTheLikelySpeedAway(
            @ForAll @Size(min = 4, max = 20) List<@LongRange(min = 9_000, max = 11_000) Long> rates,
            @ForAll @LongRange(max = 1_000_000_000) long outlier,
            @ForAll @IntRange(max = 20) int night) {
        List<HourSample> samples = nights(rates);
        samples.add(night(night, outlier));

        assertThat(Pace.of(samples, NOW, ZoneOffset.UTC).at(3).orElseThrow().likely())
                .isBetween(9_000L, 11_000L);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aChangeOfTheLineIsFollowedWithinEightNights(
            @ForAll @LongRange(min = 100, max = 1_000_000) long before,
            @ForAll @LongRange(min = 100, max = 1_000_000) long after,
            @ForAll @IntRange(max = 60) int nightsBefore) {
        List<Long> rates = new ArrayList<>(Collections.nCopies(8, after));
        rates.addAll(Collections.nCopies(nightsBefore, before));

        assertThat(Pace.of(nights(rates), NOW, ZoneOffset.UTC)
                        .at(3)
                        .orElseThrow()
                        .likely())
                .isEqualTo(after);
    }

    @Provide
    Arbitrary<List<HourSample>> samples() {
        return Combinators.combine(
                        Arbitraries.integers().between(-5, 24 * 40),
                        Arbitraries.longs().between(0, 1_000_000_000_000L),
                        Arbitraries.longs().between(0, 2 * HOUR))
                .as((hoursAgo, bytes, millis) -> new HourSample(NOW.minus(Duration.ofHours(hoursAgo)), bytes, millis))
                .list()
                .ofMaxSize(60);
    }

    /** Returns full hours at three o'clock, the newest first. */
    private static List<HourSample> nights(List<Long> rates) {
        List<HourSample> samples = new ArrayList<>();
        for (long rate : rates) {
            samples.add(night(samples.size(), rate));
        }
        return samples;
    }

    private static HourSample night(int ago, long rate) {
        Instant hour = Instant.parse("2026-11-23T03:00:00Z").minus(Duration.ofDays(ago));
        return new HourSample(hour, rate * HOUR / 1000, HOUR);
    }
}
