package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens windows on days of the week. Immutable. */
final class WeeklyOpenings implements Openings {

    private final List<WeeklyWindow> windows;

    private WeeklyOpenings(List<WeeklyWindow> windows) {
        this.windows = windows;
    }

    /**
     * Parses windows with semicolons between them.
     *
     * @param text for instance {@code mon-fri 22:00-06:00; sat,sun 00:00-24:00}
     * @param zone the zone of those that name none
     * @throws IllegalArgumentException if there is none, or one is wrong; the message names it
     */
    static WeeklyOpenings parse(String text, ZoneId zone) {
        List<WeeklyWindow> windows = Stream.of(text.split(";"))
                .map(String::strip)
                .filter(window -> !window.isEmpty())
                .map(window -> WeeklyWindow.parse(window, zone))
                .toList();
        if (windows.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has no window, expected at least one, for instance mon-fri 22:00-06:00");
        }
        return new WeeklyOpenings(windows);
    }

    @Override
    public List<Window> between(LocalDate first, LocalDate last) {
        return first.datesUntil(last.plusDays(1))
                .flatMap(day -> windows.stream().flatMap(window -> window.on(day).stream()))
                .toList();
    }

    @Override
    public Optional<LocalDate> from(LocalDate day) {
        return day.datesUntil(day.plusDays(DayOfWeek.values().length))
                .filter(next ->
                        windows.stream().anyMatch(window -> window.days().contains(next.getDayOfWeek())))
                .findFirst();
    }

    @Override
    public int days() {
        return 1;
    }
}
