package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Cuts black-outs out of a timetable. What is left of a window is one or more windows.
 *
 * <p>It looks ten years ahead. Thread-safe if the timetable and the black-outs are.
 */
public final class BlackedOut implements Timetable {

    private static final Duration HORIZON = Duration.ofDays(366L * FreeTime.YEARS);

    private final Timetable windows;
    private final Timetable free;

    /**
     * Cuts black-outs out of a timetable.
     *
     * @param windows the timetable
     * @param blackouts what to cut out
     */
    public BlackedOut(Timetable windows, List<? extends Blackouts> blackouts) {
        this.windows = Objects.requireNonNull(windows, "windows");
        this.free = new FreeTime(blackouts);
    }

    @Override
    public Optional<Window> at(Instant moment) {
        return windows.at(moment).flatMap(window -> free.at(moment).flatMap(gap -> Stretches.overlap(window, gap)));
    }

    @Override
    public Optional<Window> next(Instant moment) {
        Instant horizon = moment.plus(HORIZON);
        Instant from = moment;
        while (from.isBefore(horizon)) {
            Optional<Window> window = currentOrNext(windows, from);
            Optional<Window> gap = currentOrNext(free, from);
            if (window.isEmpty() || gap.isEmpty()) {
                return Optional.empty();
            }
            Optional<Window> both = Stretches.overlap(window.get(), gap.get());
            if (both.isPresent() && both.get().opens().isAfter(moment)) {
                return both;
            }
            // The one that ends first is done with.
            from = window.get().closes().isBefore(gap.get().closes())
                    ? window.get().closes()
                    : gap.get().closes();
        }
        return Optional.empty();
    }

    private static Optional<Window> currentOrNext(Timetable timetable, Instant moment) {
        return timetable.at(moment).or(() -> timetable.next(moment));
    }
}
