package io.github.ohhhllama.proxy.internal.remote;

import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Stint;
import io.github.ohhhllama.proxy.internal.json.QueueView;
import io.github.ohhhllama.proxy.internal.json.QueueView.Entry;
import io.github.ohhhllama.proxy.internal.json.QueueView.Hours;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.proxy.internal.terminal.Colours;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a proxy says of itself on one screen for people.
 *
 * @param clock what people here take for the time
 * @param colours what they see
 * @param width how many characters a line may have
 */
public record StatusText(Clock clock, Colours colours, int width) {

    private static final String INDENT = "  ";
    private static final int LABEL = 8;
    private static final int MOST_ENDED = 3;
    private static final int WHY_COLUMN = 4;

    /**
     * Returns the lines from top to bottom, with the colours in them.
     *
     * @param overview what the proxy says
     * @param most how many waiting entries to show at most
     */
    public List<String> lines(Overview overview, int most) {
        HealthText health = new HealthText(colours, width);
        List<String> lines = new ArrayList<>();
        lines.add(health.headline(overview.proxy() + " is ", overview.status()));
        lines.add("");
        overview.queue().ifPresent(answer -> {
            QueueView queue = answer.view();
            runs(lines, queue);
            waits(lines, queue, most);
            window(lines, queue);
            overview.plan().ifPresent(plan -> plan(lines, plan.view()));
            limit(lines, queue);
            ended(lines, queue);
            lines.add("");
        });
        lines.addAll(health.table(overview.health().view()));
        return lines;
    }

    private void runs(List<String> lines, QueueView queue) {
        List<Entry> running =
                queue.queue().stream().filter(Entry::isDownloading).toList();
        if (running.isEmpty()) {
            add(lines, "Runs", "nothing");
        }
        for (Entry entry : running) {
            String ready = entry.ready() == null ? "" : ", ready " + text().ready(entry);
            add(lines, "Runs", entry.model());
            add(lines, "Runs", text().doing(entry) + ready);
        }
    }

    private void waits(List<String> lines, QueueView queue, int most) {
        long waiting = queue.counts().pending();
        add(lines, "Waits", waiting == 0 ? "nothing" : waiting == 1 ? "1 model" : waiting + " models");
        Table table = new Table(WHY_COLUMN, Set.of(0, 2), "ID", "MODEL", "SIZE", "READY", "WHY");
        List<Entry> shown = queue.queue().stream()
                .filter(entry -> !entry.isDownloading())
                .limit(most)
                .toList();
        for (Entry entry : shown) {
            String size = entry.size() == null ? "-" : Amounts.size(entry.size());
            table.add(String.valueOf(entry.id()), entry.model(), size, text().ready(entry), text().why(entry));
        }
        if (!shown.isEmpty()) {
            table.lines(width - INDENT.length()).forEach(line -> lines.add(cut(INDENT + line)));
        }
        if (waiting > shown.size()) {
            lines.add(cut(INDENT + "… and " + (waiting - shown.size()) + " more; \"ohhhllama queue\" shows them"));
        }
    }

    private void window(List<String> lines, QueueView queue) {
        if (queue.paused() != null) {
            add(lines, "Paused", Objects.requireNonNullElse(queue.paused().words(), "by hand"));
        }
        Hours hours = queue.window();
        if (hours == null) {
            return;
        }
        if (hours.runningSince() != null) {
            add(lines, "Window", "open since " + text().time(hours.runningSince()) + until(hours, ", until "));
        } else if (hours.nextStart() != null) {
            add(
                    lines,
                    "Window",
                    "next " + text().time(hours.nextStart()) + in(hours.nextStart()) + until(hours, " to "));
        }
    }

    private String until(Hours hours, String joint) {
        return hours.endsAt() == null ? ", ends when all is done" : joint + text().time(hours.endsAt());
    }

    private String in(Instant moment) {
        Duration left = Duration.between(clock.instant(), moment);
        return left.isNegative() ? "" : ", in " + Amounts.time(left);
    }

    private void plan(List<String> lines, Plan plan) {
        long bytes = plan.nights().stream()
                .flatMap(night -> night.stints().stream())
                .mapToLong(Stint::bytes)
                .sum();
        boolean all = plan.forecasts().stream().allMatch(forecast -> forecast.latest() != null);
        Optional<Instant> last = plan.forecasts().stream()
                .map(Forecast::latest)
                .filter(Objects::nonNull)
                .max(Instant::compareTo);
        String end = all
                ? last.map(moment -> ", all of it here by " + text().time(moment))
                        .orElse("")
                : ", an end is not to be foreseen yet";
        // Before the line was measured no night is foreseen, and the sum would be nothing at all.
        boolean unforeseen = bytes == 0 && !all;
        add(lines, "Plan", unforeseen ? "not to be foreseen yet" : Amounts.size(bytes) + " to fetch" + end);
    }

    private void limit(List<String> lines, QueueView queue) {
        QueueView.Rate rate = queue.rateLimit();
        if (rate != null && rate.remaining() != null) {
            add(lines, "Limit", rate.remaining() + " of " + rate.limit() + " new models left for you today");
        }
    }

    private void ended(List<String> lines, QueueView queue) {
        queue.ended().stream().limit(MOST_ENDED).forEach(entry -> {
            String reason = entry.error() == null ? "" : ": " + entry.error();
            add(lines, "Ended", text().time(entry.updatedAt()) + "  " + entry.model() + " " + entry.status() + reason);
        });
    }

    /** A label that stands above already is not repeated. */
    private void add(List<String> lines, String label, @Nullable String value) {
        String shown = lines.stream().anyMatch(line -> line.startsWith(colours.label(label))) ? "" : label;
        String rest = PlainText.of(" ".repeat(LABEL - shown.length()) + value);
        String fitting = PlainText.cut(rest, Math.max(1, width - shown.length()));
        lines.add((shown.isEmpty() ? "" : colours.label(shown)) + fitting);
    }

    private String cut(String line) {
        return PlainText.cut(line, Math.max(1, width));
    }

    private EntryText text() {
        return new EntryText(clock.getZone());
    }
}
