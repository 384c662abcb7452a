package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.window.Timetable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.IntStream;

/** Opens every evening at one time of the local clock, and closes at another the next day. */
record NightlyWindow(LocalTime opens, LocalTime closes, ZoneId zone) implements Timetable {

    static NightlyWindow from22To6(ZoneId zone) {
        return new NightlyWindow(LocalTime.of(22, 0), LocalTime.of(6, 0), zone);
    }

    @Override
    public Optional<Window> at(Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        return IntStream.of(-1, 0)
                .mapToObj(days -> on(today.plusDays(days)))
                .filter(window -> window.contains(moment))
                .findFirst();
    }

    @Override
    public Optional<Window> next(Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        return IntStream.of(0, 1)
                .mapToObj(days -> on(today.plusDays(days)))
                .filter(window -> window.opens().isAfter(moment))
                .findFirst();
    }

    Window on(LocalDate evening) {
        return new Window(
                evening.atTime(opens).atZone(zone).toInstant(),
                evening.plusDays(1).atTime(closes).atZone(zone).toInstant());
    }
}
