package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.queue.internal.plan.WeightedRates.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Knows how fast this line is at each hour of the day, by what was measured on it. Immutable.
 *
 * <p>Every sample is one clock hour: its mean speed, with a weight. The weight is the time measured, at most an hour, so
 * that a few seconds tell little, times <code>2<sup>-age / 7 days</sup></code>, so that last night tells twice as much
 * as the same night a week ago, and a line that was changed is followed: of nights that are alike the newest seven
 * outweigh all before them together.
 *
 * <p>The speed at an hour of the local day is the weighted 10th, 50th and 90th percentile, each the smallest measured
 * speed that at least this share of the weight does not exceed. These are ranks, not means: one sample, however far off,
 * moves them by its own weight and no more. They are taken over the samples of that very hour of the day if those are
 * enough, else with the hours right before and after it, else over all samples. Enough are 15 minutes by weight and an
 * effective size (Kish: the square of the sum of the weights over the sum of their squares) of 3. If not even all
 * together are enough, the range is widened to between half of the likely speed and half as much again.
 */
public final class Pace {

    private static final double HALF_LIFE_DAYS = 7;
    private static final double MILLIS_A_DAY = Duration.ofDays(1).toMillis();
    private static final int HOURS = 24;

    private final List<Optional<Speed>> byHour;

    private record HourOfDay(int hour, Rate rate) {}

    private Pace(List<Optional<Speed>> byHour) {
        this.byHour = List.copyOf(byHour);
    }

    /** Returns the pace of a line on which nothing was measured. */
    public static Pace unknown() {
        return new Pace(List.of());
    }

    /**
     * Returns the pace of a line.
     *
     * @param samples what was measured, in any order; samples without time are passed over
     * @param now from when their age counts; samples from after it are taken for new
     * @param zone whose hours of the day are meant
     */
    public static Pace of(List<HourSample> samples, Instant now, ZoneId zone) {
        List<HourOfDay> rates = samples.stream()
                .filter(sample -> sample.millis() > 0)
                .map(sample -> new HourOfDay(
                        sample.hour().atZone(zone).getHour(), new Rate(sample.rate(), weight(sample, now))))
                .filter(sample -> sample.rate().weight() > 0)
                .toList();
        List<Optional<Speed>> byHour = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            byHour.add(speed(rates, hour));
        }
        return new Pace(byHour);
    }

    /**
     * Returns how fast the line is expected to be.
     *
     * @param hour the hour of the local day, 0 to 23
     * @return the speed, or empty if nothing was measured, at any hour
     */
    public Optional<Speed> at(int hour) {
        return byHour.isEmpty() ? Optional.empty() : byHour.get(hour);
    }

    private static double weight(HourSample sample, Instant now) {
        double age = Math.max(0, Duration.between(sample.hour(), now).toMillis());
        return sample.length() * Math.pow(2, -age / MILLIS_A_DAY / HALF_LIFE_DAYS);
    }

    private static Optional<Speed> speed(List<HourOfDay> rates, int hour) {
        WeightedRates same = only(rates, distance -> distance == 0, hour);
        if (same.isEnough()) {
            return Optional.of(same.speed());
        }
        WeightedRates around = only(rates, distance -> distance <= 1, hour);
        if (around.isEnough()) {
            return Optional.of(around.speed());
        }
        WeightedRates all = only(rates, distance -> true, hour);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.speed());
    }

    private static WeightedRates only(List<HourOfDay> rates, IntPredicate near, int hour) {
        return new WeightedRates(rates.stream()
                .filter(sample -> near.test(distance(sample.hour(), hour)))
                .map(HourOfDay::rate)
                .toList());
    }

    private static int distance(int one, int other) {
        int apart = Math.abs(one - other);
        return Math.min(apart, HOURS - apart);
    }
}
