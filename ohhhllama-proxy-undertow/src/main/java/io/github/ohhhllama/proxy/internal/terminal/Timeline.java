package io.github.ohhhllama.proxy.internal.terminal;

import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Night;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Stint;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws a plan as lines of text: each night with its hours, a bar for each download, and at the end what found no place.
 * Immutable.
 */
public final class Timeline {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final Duration ONE_DAY = Duration.ofDays(1);

    private static final String GAP = "  ";
    private static final int WIDEST = 100;
    private static final int WIDEST_NAME = 28;
    private static final int NARROWEST_BAR = 12;
    private static final int MOST_ROWS = 20;

    private final Plan plan;
    private final ZoneId zone;
    private final Stroke stroke;

    /** Says what bars are drawn with. */
    public enum Stroke {
        /** Blocks and dots. */
        UNICODE("█", "·"),
        /** What every terminal has. */
        ASCII("#", ".");

        private final String bar;
        private final String track;

        Stroke(String bar, String track) {
            this.bar = bar;
            this.track = track;
        }
    }

    /**
     * Creates a timeline.
     *
     * @param plan what to draw
     * @param zone whose clock the times are read from
     * @param stroke what to draw the bars with
     */
    public Timeline(Plan plan, ZoneId zone, Stroke stroke) {
        this.plan = plan;
        this.zone = zone;
        this.stroke = stroke;
    }

    /**
     * Returns the lines.
     *
     * @param width how many characters a line may have; where bars find no room, there are none
     */
    public List<String> lines(int width) {
        int names = widest(Timeline::name);
        int room = Math.min(width, WIDEST) - names - widest(this::note) - 2 * GAP.length();
        List<String> lines = new ArrayList<>();
        for (Night night : plan.nights()) {
            lines.add(heading(night));
            lines.addAll(room < NARROWEST_BAR ? times(night, names) : bars(night, names, room));
            if (night.stints().size() > MOST_ROWS) {
                lines.add("and " + (night.stints().size() - MOST_ROWS) + " more");
            }
            lines.add("");
        }
        lines.addAll(rest());
        if (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines.stream()
                .map(line -> PlainText.cut(line, Math.max(1, width)))
                .toList();
    }

    /** All nights have the same columns, so that they can be compared. */
    private int widest(Function<Stint, String> text) {
        return plan.nights().stream()
                .flatMap(Timeline::shown)
                .map(text)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static Stream<Stint> shown(Night night) {
        return night.stints().stream().limit(MOST_ROWS);
    }

    private List<String> bars(Night night, int names, int room) {
        Ruler ruler = new Ruler(night.window(), room, zone);
        List<String> lines = new ArrayList<>();
        lines.add((" ".repeat(names) + GAP + ruler.hours()).stripTrailing());
        shown(night)
                .forEach(stint -> lines.add(padded(name(stint), names) + GAP + bar(stint, ruler) + GAP + note(stint)));
        return lines;
    }

    private List<String> times(Night night, int names) {
        return shown(night)
                .map(stint -> padded(name(stint), names) + GAP + time(stint.from()) + " " + note(stint))
                .toList();
    }

    private String heading(Night night) {
        Instant opens = night.window().opens();
        Instant closes = night.window().closes();
        DateTimeFormatter end = night.window().length().compareTo(ONE_DAY) < 0 ? TIME : DAY;
        long bytes = night.stints().stream().mapToLong(Stint::bytes).sum();
        return DAY.format(opens.atZone(zone)) + " to " + end.format(closes.atZone(zone)) + ", " + Amounts.size(bytes);
    }

    private String bar(Stint stint, Ruler ruler) {
        // What is too short to be seen gets a column all the same.
        int from = Math.min(ruler.column(stint.from()), ruler.columns() - 1);
        int to = Math.max(ruler.column(stint.to()), from + 1);
        return stroke.track.repeat(from) + stroke.bar.repeat(to - from) + stroke.track.repeat(ruler.columns() - to);
    }

    private String note(Stint stint) {
        String end = stint.finishes() ? "ready " + time(stint.to()) : "goes on";
        return String.format(Locale.ROOT, "%6s  %s", Amounts.size(stint.bytes()), end);
    }

    private String time(Instant moment) {
        return TIME.format(moment.atZone(zone));
    }

    private static String name(Stint stint) {
        return PlainText.cut(PlainText.of(stint.model().toString()), WIDEST_NAME);
    }

    private static String padded(String name, int width) {
        return name + " ".repeat(width - name.length());
    }

    /** Tells of those that are not ready in any of the nights. */
    private List<String> rest() {
        Map<Long, String> begun = plan.nights().stream()
                .flatMap(night -> night.stints().stream())
                .collect(Collectors.toMap(Stint::entry, Timeline::name, (first, again) -> first));
        List<String> lines = new ArrayList<>();
        if (plan.bytesPerSecond() == null && !plan.forecasts().isEmpty()) {
            lines.add("The speed of the line is not known yet, so nothing can be planned.");
        }
        for (Forecast forecast : plan.forecasts()) {
            if (forecast.earliest() == null) {
                String name = begun.get(forecast.entry());
                lines.add(name == null ? unplanned(forecast) : name + " goes on after these nights");
            }
        }
        return lines;
    }

    private static String unplanned(Forecast forecast) {
        String why =
                forecast.whyWaiting().map(words -> ": " + PlainText.of(words)).orElse("");
        return "entry " + forecast.entry() + " has no place yet" + why;
    }
}
