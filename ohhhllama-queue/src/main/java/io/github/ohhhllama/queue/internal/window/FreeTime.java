package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Is the time between black-outs. It looks ten years back and ahead; what is farther away counts as never. */
final class FreeTime implements Timetable {

    static final int YEARS = 10;

    private final List<Blackouts> blackouts;

    FreeTime(List<? extends Blackouts> blackouts) {
        this.blackouts = List.copyOf(blackouts);
    }

    @Override
    public Optional<Window> at(Instant moment) {
        boolean black = in(yearOf(moment)).stream().anyMatch(blackout -> blackout.contains(moment));
        return black ? Optional.empty() : Stretches.between(lastEnd(moment), nextBegin(moment));
    }

    @Override
    public Optional<Window> next(Instant moment) {
        int year = yearOf(moment);
        for (int offset = 0; offset <= YEARS; offset++) {
            for (Window blackout : in(year + offset)) {
                Optional<Window> free = blackout.closes().isAfter(moment) ? at(blackout.closes()) : Optional.empty();
                if (free.isPresent()) {
                    return free;
                }
            }
        }
        return Optional.empty();
    }

    private Instant lastEnd(Instant moment) {
        int year = yearOf(moment);
        for (int offset = 0; offset <= YEARS; offset++) {
            Optional<Instant> end = in(year - offset).stream()
                    .map(Window::closes)
                    .filter(closes -> !closes.isAfter(moment))
                    .max(Instant::compareTo);
            if (end.isPresent()) {
                return end.get();
            }
        }
        return Instant.EPOCH;
    }

    private Instant nextBegin(Instant moment) {
        int year = yearOf(moment);
        for (int offset = 0; offset <= YEARS; offset++) {
            Optional<Instant> begin = in(year + offset).stream()
                    .map(Window::opens)
                    .filter(opens -> opens.isAfter(moment))
                    .min(Instant::compareTo);
            if (begin.isPresent()) {
                return begin.get();
            }
        }
        return CronSchedule.NEVER;
    }

    private List<Window> in(int year) {
        return Stretches.join(
                blackouts.stream().flatMap(one -> one.in(year).stream()).toList());
    }

    private static int yearOf(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).getYear();
    }
}
