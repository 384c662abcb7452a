package io.github.ohhhllama.queue.internal.plan;

import java.util.Comparator;
import java.util.List;

/** Is a collection of speeds of which some count more than others. Immutable. */
final class WeightedRates {

    private static final double ENOUGH_SAMPLES = 3;
    private static final double ENOUGH_HOURS = 0.25;

    private static final double LOW = 0.1;
    private static final double MIDDLE = 0.5;
    private static final double HIGH = 0.9;

    private final List<Rate> ascending;
    private final double total;

    /**
     * Is one speed.
     *
     * @param value in bytes a second
     * @param weight more than 0
     */
    record Rate(double value, double weight) {}

    WeightedRates(List<Rate> rates) {
        ascending =
                rates.stream().sorted(Comparator.comparingDouble(Rate::value)).toList();
        total = ascending.stream().mapToDouble(Rate::weight).sum();
    }

    boolean isEmpty() {
        return ascending.isEmpty();
    }

    /** Tells whether there is enough to see how the line varies: three hours' worth of equals, and minutes in sum. */
    boolean isEnough() {
        double squares = ascending.stream()
                .mapToDouble(rate -> rate.weight() * rate.weight())
                .sum();
        return total >= ENOUGH_HOURS && total * total >= ENOUGH_SAMPLES * squares;
    }

    /** Returns the 10th, 50th and 90th of a hundred; there must be a rate. */
    Speed speed() {
        Speed speed = new Speed(quantile(LOW), quantile(MIDDLE), quantile(HIGH));
        return isEnough() ? speed : speed.widened();
    }

    private long quantile(double share) {
        double wanted = share * total;
        double reached = 0;
        for (Rate rate : ascending) {
            reached += rate.weight();
            if (reached >= wanted) {
                return (long) rate.value();
            }
        }
        // Sums that were rounded on the way may miss the whole by a hair.
        return (long) ascending.get(ascending.size() - 1).value();
    }
}
