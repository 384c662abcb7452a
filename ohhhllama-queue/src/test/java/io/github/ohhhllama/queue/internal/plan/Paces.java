package io.github.ohhhllama.queue.internal.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Measures lines that are as the test wants them. */
final class Paces {

    private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
    private static final long HOUR = Duration.ofHours(1).toSeconds();

    private Paces() {}

    /** Returns a line that is the same at every hour. */
    static Pace always(Speed speed) {
        Instant hour = DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
        List<HourSample> samples = LongStream.of(
                        speed.low(), speed.low(), speed.likely(), speed.likely(), speed.high(), speed.high())
                .mapToObj(rate -> sample(hour, rate))
                .toList();
        return Pace.of(samples, hour, ZoneOffset.UTC);
    }

    /** Returns a line that has a speed of its own at some hours of the day. */
    static Pace from(ZoneId zone, Map<Integer, Long> rates) {
        List<HourSample> samples = rates.entrySet().stream()
                .flatMap(rate -> Stream.generate(() ->
                                sample(DAY.atTime(rate.getKey(), 0).atZone(zone).toInstant(), rate.getValue()))
                        .limit(3))
                .toList();
        return Pace.of(samples, DAY.atStartOfDay(zone).toInstant(), zone);
    }

    private static HourSample sample(Instant hour, long rate) {
        return new HourSample(hour, rate * HOUR, HOUR * 1000);
    }
}
