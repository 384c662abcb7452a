package io.github.ohhhllama.proxy.internal.terminal;

import io.github.ohhhllama.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Lays a window out over columns, of characters or of pixels. Time runs as it passes: the hour that clocks repeat has
 * its columns twice.
 *
 * @param window what is laid out
 * @param columns over how many columns, 1 or more
 * @param zone whose hours are told
 */
public record Ruler(Window window, int columns, ZoneId zone) {

    private static final int[] STEPS = {1, 2, 3, 4, 6, 12, 24};
    private static final int MINUTES_AN_HOUR = 60;
    private static final int LABEL = 2;

    /**
     * Is where an hour begins.
     *
     * @param column the column in which it does
     * @param label the hour of the local day, two digits
     */
    public record Mark(int column, String label) {}

    /**
     * Returns the column in which a moment lies: 0 at the opening and before, the number of columns at the closing and
     * after.
     *
     * @param moment when
     */
    public int column(Instant moment) {
        double share = Duration.between(window.opens(), moment).toMillis() / length();
        return (int) Math.round(Math.max(0, Math.min(1, share)) * columns);
    }

    /**
     * Returns hours to mark: all of them, or every second, third and so on.
     *
     * @param apart how many columns two marks are apart at least
     */
    public List<Mark> marks(int apart) {
        int step = step(apart);
        List<Mark> marks = new ArrayList<>();
        int free = 0;
        ZonedDateTime hour = firstHour();
        while (!hour.toInstant().isAfter(window.closes())) {
            int column = column(hour.toInstant());
            // Half an hour that clocks skip or repeat can bring hours closer together.
            if (hour.getMinute() == 0 && hour.getHour() % step == 0 && column >= free) {
                marks.add(new Mark(column, String.format(Locale.ROOT, "%02d", hour.getHour())));
                free = column + apart - 1;
            }
            hour = hour.plusMinutes(MINUTES_AN_HOUR - hour.getMinute());
        }
        return marks;
    }

    /** Returns the hours at their columns, as many as have room; the last may reach two columns further. */
    String hours() {
        StringBuilder line = new StringBuilder();
        for (Mark mark : marks(2 * LABEL)) {
            line.append(" ".repeat(mark.column() - line.length())).append(mark.label());
        }
        return line.toString();
    }

    private ZonedDateTime firstHour() {
        ZonedDateTime opens = window.opens().atZone(zone);
        ZonedDateTime minute = opens.minusSeconds(opens.getSecond()).minusNanos(opens.getNano());
        boolean full = minute.isEqual(opens) && opens.getMinute() == 0;
        return full ? opens : minute.plusMinutes(MINUTES_AN_HOUR - opens.getMinute());
    }

    private int step(int apart) {
        double anHour = columns * Duration.ofHours(1).toMillis() / length();
        return IntStream.of(STEPS)
                .filter(step -> step * anHour >= apart)
                .findFirst()
                .orElse(STEPS[STEPS.length - 1]);
    }

    private double length() {
        return window.length().toMillis();
    }
}
