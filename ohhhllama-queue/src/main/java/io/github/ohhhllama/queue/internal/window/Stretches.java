package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Measures, cuts and joins stretches of time. */
final class Stretches {

    private Stretches() {}

    /**
     * Returns the stretch between two moments.
     *
     * @param from its first moment
     * @param to the first moment after it
     * @return the stretch, or empty if it ends before it begins or right then
     */
    static Optional<Window> between(Instant from, Instant to) {
        return from.isBefore(to) ? Optional.of(new Window(from, to)) : Optional.empty();
    }

    /**
     * Joins what overlaps or touches.
     *
     * @param stretches in any order
     * @return the same time in order, with a gap after each
     */
    static List<Window> join(Collection<Window> stretches) {
        List<Window> joined = new ArrayList<>();
        for (Window next :
                stretches.stream().sorted(Comparator.comparing(Window::opens)).toList()) {
            int last = joined.size() - 1;
            if (last >= 0 && !joined.get(last).closes().isBefore(next.opens())) {
                joined.set(last, new Window(joined.get(last).opens(), later(joined.get(last), next)));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    /** Returns a year of UTC. */
    static Window year(int year) {
        return new Window(
                Year.of(year).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                Year.of(year + 1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** Returns the time that two stretches have in common. */
    static Optional<Window> overlap(Window one, Window other) {
        Instant from = one.opens().isAfter(other.opens()) ? one.opens() : other.opens();
        Instant to = one.closes().isBefore(other.closes()) ? one.closes() : other.closes();
        return between(from, to);
    }

    private static Instant later(Window one, Window other) {
        return one.closes().isAfter(other.closes()) ? one.closes() : other.closes();
    }
}
