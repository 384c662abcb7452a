package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Hold;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.plan.Stretch.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lays out the time ahead: fourteen windows, the run that is open, and what lies between. Immutable. */
final class Outlook {

    private static final int NIGHTS = 14;
    private static final Duration LONGEST = Duration.ofDays(NIGHTS);
    private static final Duration NIGHT_WITHOUT_END = Duration.ofDays(1);

    private final Situation situation;
    private final Instant now;
    private final List<Window> windows;
    private final List<Stretch> open;

    Outlook(Situation situation) {
        this.situation = situation;
        this.now = situation.now();
        this.windows = windows(situation.hours());
        this.open = merged(open());
    }

    /** Returns since when the queue is, or will be, open to everybody; empty if it never will. */
    Optional<Instant> opening() {
        return open.stream().findFirst().map(stretch -> Instant.ofEpochMilli(stretch.from()));
    }

    /** Returns the end of what people call tonight: a run without an end has a day. */
    Optional<Instant> tonight() {
        if (situation.hours() instanceof Hours.UntilEmpty endless) {
            Instant start = situation.overtime().run() == null ? endless.start() : now;
            return Optional.of(start.plus(NIGHT_WITHOUT_END));
        }
        return windows.stream().findFirst().map(Window::closes);
    }

    /** Returns the moment from which downloads may be expected; empty while nobody knows. */
    Optional<Instant> begin() {
        Optional<Hold> pause = situation.obstacles().pausedAt(now);
        return pause.isEmpty() ? Optional.of(now) : pause.get().lifted();
    }

    /** Returns the stretches from the beginning on, in order; none overlap. */
    List<Stretch> stretches() {
        return begin().map(this::stretches).orElse(List.of());
    }

    private List<Stretch> stretches(Instant begin) {
        List<Stretch> all = new ArrayList<>();
        long at = now.toEpochMilli();
        for (Stretch stretch : open) {
            if (stretch.from() > at) {
                all.add(new Stretch(at, stretch.from(), Kind.GAP));
            }
            all.add(stretch);
            at = stretch.to();
        }
        long horizon = now.plus(LONGEST).toEpochMilli();
        if (at < horizon) {
            all.add(new Stretch(at, horizon, Kind.GAP));
        }
        return all.stream()
                .filter(stretch -> stretch.to() > begin.toEpochMilli())
                .toList();
    }

    private List<Window> windows(Hours hours) {
        return hours instanceof Hours.Windows some ? some.timetable().list(now, NIGHTS) : List.of();
    }

    private List<Stretch> open() {
        List<Stretch> some = new ArrayList<>();
        situation.overtime().open().ifPresent(run -> some.add(stretch(run)));
        windows.forEach(window -> some.add(stretch(window.opens(), window.closes(), Kind.WINDOW)));
        if (situation.hours() instanceof Hours.UntilEmpty endless) {
            some.add(untilEmpty(endless.start()));
        }
        return some;
    }

    private Stretch stretch(Overtime.Run run) {
        Instant until = run.until();
        return until == null ? untilEmpty(now) : stretch(now, until, Kind.WINDOW);
    }

    private Stretch untilEmpty(Instant start) {
        return stretch(start.isBefore(now) ? now : start, Instant.MAX, Kind.UNTIL_EMPTY);
    }

    /** A stretch is cut where it becomes too long to be foreseen. */
    private Stretch stretch(Instant from, Instant to, Kind kind) {
        Instant last = (from.isBefore(now) ? now : from).plus(LONGEST);
        return new Stretch(from.toEpochMilli(), (to.isAfter(last) ? last : to).toEpochMilli(), kind);
    }

    private static List<Stretch> merged(List<Stretch> some) {
        List<Stretch> merged = new ArrayList<>();
        some.stream()
                .filter(stretch -> stretch.to() > stretch.from())
                .sorted(Comparator.comparingLong(Stretch::from))
                .forEach(stretch -> {
                    int last = merged.size() - 1;
                    if (last >= 0 && merged.get(last).to() >= stretch.from()) {
                        merged.set(last, merged.get(last).with(stretch));
                    } else {
                        merged.add(stretch);
                    }
                });
        return merged;
    }
}
