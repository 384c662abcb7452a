package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import io.github.ohhhllama.queue.internal.cron.WallClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens windows when a cron expression matches the clock on the wall. Immutable. */
final class CronOpenings implements Openings {

    /** The schedule as if the clock on the wall never changed: what it says in UTC are times on that wall. */
    private final CronSchedule times;

    private final WallClock clock;
    private final WindowEnd end;

    CronOpenings(CronSchedule schedule, WindowEnd end) {
        this.times = CronSchedule.parse(schedule.expression(), ZoneOffset.UTC);
        this.clock = new WallClock(schedule.zone());
        this.end = end;
    }

    @Override
    public List<Window> between(LocalDate first, LocalDate last) {
        List<Window> windows = new ArrayList<>();
        Optional<LocalDateTime> start = first(first);
        while (start.isPresent() && !start.get().toLocalDate().isAfter(last)) {
            Optional<Window> window = end.window(start.get(), clock);
            window.ifPresent(windows::add);
            start = window.isPresent() ? following(start.get(), window.get()) : after(start.get());
        }
        return windows;
    }

    @Override
    public Optional<LocalDate> from(LocalDate day) {
        return first(day).map(LocalDateTime::toLocalDate);
    }

    @Override
    public int days() {
        return end.days();
    }

    /** Returns a later start. Where starts are dense it leaves some out, but none that would change what is open. */
    private Optional<LocalDateTime> following(LocalDateTime start, Window window) {
        Optional<LocalDateTime> next = after(start);
        if (next.isEmpty() || leavesGap(window, next.get())) {
            return next;
        }
        Optional<LocalDateTime> far = after(start.plus(end.shortest(start).dividedBy(2)));
        return far.isEmpty() || leavesGap(window, far.get()) ? next : far;
    }

    private boolean leavesGap(Window window, LocalDateTime start) {
        return clock.reaches(start).isAfter(window.closes());
    }

    private Optional<LocalDateTime> first(LocalDate day) {
        return after(day.atStartOfDay().minusSeconds(1));
    }

    private Optional<LocalDateTime> after(LocalDateTime time) {
        Instant next = times.next(time.toInstant(ZoneOffset.UTC));
        return next.equals(CronSchedule.NEVER)
                ? Optional.empty()
                : Optional.of(LocalDateTime.ofInstant(next, ZoneOffset.UTC));
    }
}
