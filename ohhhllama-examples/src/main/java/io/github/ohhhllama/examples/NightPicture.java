package io.github.ohhhllama.examples;

import io.github.ohhhllama.Night;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Stint;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Ruler;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws a plan as a picture: a panel of its own, so that it can be read on any page, light or dark. Immutable. */
final class NightPicture {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private static final int WIDTH = 760;
    private static final int MARGIN = 20;
    private static final int LONGEST_NAME = 18;
    private static final int LEFT = 160;
    private static final int BARS = 416;
    private static final int RIGHT = LEFT + BARS + 14;
    private static final int HOURS_APART = 30;

    private static final int HEAD = 52;
    private static final int ROW = 26;
    private static final int BAR = 16;
    private static final int BASELINE = 13;
    private static final int FOOT = 14;

    private final Plan plan;
    private final ZoneId zone;

    /**
     * Creates a picture.
     *
     * @param plan what to draw
     * @param zone whose clock the times are read from
     */
    NightPicture(Plan plan, ZoneId zone) {
        this.plan = plan;
        this.zone = zone;
    }

    /** Returns the picture as an SVG document. */
    String svg() {
        int height =
                MARGIN + plan.nights().stream().mapToInt(NightPicture::height).sum();
        Drawing drawing = new Drawing(WIDTH, height, "What runs when in the next nights", description());
        int top = MARGIN;
        for (Night night : plan.nights()) {
            draw(night, top, drawing);
            top += height(night);
        }
        return drawing.finish();
    }

    private static int height(Night night) {
        return HEAD + night.stints().size() * ROW + FOOT;
    }

    private void draw(Night night, int top, Drawing drawing) {
        Ruler ruler = new Ruler(night.window(), BARS, zone);
        int rows = top + HEAD;
        int end = rows + night.stints().size() * ROW;
        drawing.text(MARGIN, top + BASELINE, "heading", heading(night));
        for (Ruler.Mark mark : ruler.marks(HOURS_APART)) {
            drawing.text(LEFT + mark.column(), rows - FOOT, "hour", mark.label());
            drawing.line(LEFT + mark.column(), rows - FOOT / 2, end);
        }
        int row = rows;
        for (Stint stint : night.stints()) {
            draw(stint, row, ruler, drawing);
            row += ROW;
        }
    }

    private void draw(Stint stint, int top, Ruler ruler, Drawing drawing) {
        int from = ruler.column(stint.from());
        int width = Math.max(2, ruler.column(stint.to()) - from);
        drawing.text(
                MARGIN, top + BASELINE, "model", PlainText.cut(stint.model().toString(), LONGEST_NAME));
        drawing.bar(LEFT + from, top, width, BAR, stint.finishes() ? "ready" : "goes-on");
        drawing.text(RIGHT, top + BASELINE, "note", Amounts.size(stint.bytes()) + ", " + end(stint));
    }

    private String heading(Night night) {
        return DAY.format(night.window().opens().atZone(zone)) + " to "
                + time(night.window().closes());
    }

    private String end(Stint stint) {
        return stint.finishes() ? "ready " + time(stint.to()) : "goes on";
    }

    /** Tells the whole picture in words, for those who hear it. */
    private String description() {
        return plan.nights().stream()
                .map(night -> heading(night) + ": " + sentence(night.stints()))
                .collect(Collectors.joining(" "));
    }

    private String sentence(List<Stint> stints) {
        return stints.stream()
                .map(stint -> stint.model() + " from " + time(stint.from()) + ", " + Amounts.size(stint.bytes()) + ", "
                        + end(stint))
                .collect(Collectors.joining("; ", "", "."));
    }

    private String time(Instant moment) {
        return TIME.format(moment.atZone(zone));
    }
}
