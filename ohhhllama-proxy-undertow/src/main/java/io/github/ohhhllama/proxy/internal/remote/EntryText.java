package io.github.ohhhllama.proxy.internal.remote;

import io.github.ohhhllama.proxy.internal.json.QueueView;
import io.github.ohhhllama.proxy.internal.json.QueueView.Entry;
import io.github.ohhhllama.proxy.internal.json.QueueView.Progress;
import io.github.ohhhllama.proxy.internal.json.QueueView.Ready;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.proxy.internal.terminal.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries of the queue for people.
 *
 * @param zone whose clock they read
 */
public record EntryText(ZoneId zone) {

    private static final int PERCENT = 100;
    private static final int MODEL_COLUMN = 1;
    private static final Set<Integer> NUMBERS = Set.of(0, 3);
    private static final String NOTHING = "-";

    /**
     * Returns the queue as lines of at most the given width.
     *
     * @param view a page of the queue
     * @param width how many characters a line may have
     */
    public List<String> table(QueueView view, int width) {
        List<String> lines = new ArrayList<>();
        if (view.paused() != null) {
            lines.add("The queue is " + Objects.requireNonNullElse(view.paused().words(), "paused") + '.');
        }
        if (view.queue().isEmpty()) {
            lines.add("The queue is empty.");
        } else {
            lines.addAll(active(view.queue()).lines(width));
        }
        long hidden = view.counts().pending()
                + view.counts().downloading()
                - view.queue().size();
        if (hidden > 0) {
            lines.add("… and " + hidden + " more; --limit and --offset show them");
        }
        if (!view.ended().isEmpty()) {
            lines.add("");
            lines.addAll(ended(view.ended()).lines(width));
        }
        return lines;
    }

    /** Returns one line about an active entry: how far it is, or where it waits and until when. */
    public String line(Entry entry) {
        if (entry.isDownloading()) {
            return entry.model() + ": " + doing(entry);
        }
        String position = entry.position() == null ? "" : ", position " + entry.position();
        String trouble = entry.error() == null ? "" : ", last attempt: " + entry.error();
        return entry.model() + ": waiting" + position + ", " + starts(entry) + trouble;
    }

    /** Returns how far an entry is that is being downloaded. */
    String doing(Entry entry) {
        return entry.running().map(this::download).orElse("starting");
    }

    /** Returns what an active entry is doing, without the numbers that change all the time. */
    public String step(Entry entry) {
        return entry.id() + stride(entry) + entry.position();
    }

    /** Returns the same without its place among the others. */
    String stride(Entry entry) {
        String tenth = entry.running()
                .map(progress -> progress.status() + " " + percent(progress) / 10)
                .orElse("");
        return entry.status() + entry.error() + tenth;
    }

    private Table active(List<Entry> entries) {
        Table table = new Table(
                MODEL_COLUMN, NUMBERS, "ID", "MODEL", "STATUS", "POSITION", "PROGRESS", "READY", "REQUESTER", "WAITS");
        for (Entry entry : entries) {
            table.add(
                    String.valueOf(entry.id()),
                    entry.model(),
                    entry.status(),
                    orNothing(entry.position()),
                    entry.running().map(this::amount).orElse(NOTHING),
                    ready(entry),
                    orNothing(entry.requester()),
                    why(entry));
        }
        return table;
    }

    /** Returns when a model will be there, as far as that is known. */
    String ready(Entry entry) {
        return entry.ready() == null ? NOTHING : range(entry.ready());
    }

    /** Returns a range: its end, or where there is none its beginning. */
    public String range(Ready ready) {
        if (ready.latest() != null) {
            return "by " + time(ready.latest());
        }
        return ready.earliest() == null ? NOTHING : "from " + time(ready.earliest());
    }

    /** Returns why an entry is not being downloaded. */
    String why(Entry entry) {
        if (entry.isDownloading()) {
            return "";
        }
        return entry.whyWaiting() == null ? starts(entry) : entry.whyWaiting();
    }

    private Table ended(List<Entry> entries) {
        Table table = new Table(4, Set.of(0), "ID", "MODEL", "STATUS", "ENDED", "REASON");
        for (Entry entry : entries) {
            table.add(
                    String.valueOf(entry.id()),
                    entry.model(),
                    entry.status(),
                    time(entry.updatedAt()),
                    Objects.requireNonNullElse(entry.error(), ""));
        }
        return table;
    }

    private String download(Progress progress) {
        String words = Objects.requireNonNullElse(progress.status(), "downloading");
        long total = orZero(progress.total());
        if (total == 0) {
            return words;
        }
        long rate = orZero(progress.bytesPerSecond());
        String pace = rate == 0 ? "" : ", " + Amounts.size(rate) + "/s, " + left(total, progress, rate) + " left";
        return words + "  " + amount(progress) + pace;
    }

    private static String left(long total, Progress progress, long rate) {
        return Amounts.time(Duration.ofSeconds(Math.max(0, total - orZero(progress.completed())) / rate));
    }

    /** Returns how far a download is. */
    String amount(Progress progress) {
        long total = orZero(progress.total());
        return total == 0 ? NOTHING : percent(progress) + "% of " + Amounts.size(total);
    }

    private static int percent(Progress progress) {
        long total = orZero(progress.total());
        return total == 0 ? 0 : (int) Math.min(PERCENT, orZero(progress.completed()) * (double) PERCENT / total);
    }

    private String starts(Entry entry) {
        Instant soonest = soonest(entry);
        return soonest == null ? "start unknown" : "starts " + time(soonest);
    }

    private static @Nullable Instant soonest(Entry entry) {
        Instant next = entry.nextAttemptAt();
        Instant starts = entry.startsAt();
        return next != null && (starts == null || next.isAfter(starts)) ? next : starts;
    }

    /** Returns a moment on the clock people here read. */
    String time(@Nullable Instant moment) {
        return moment == null ? NOTHING : Amounts.local(moment, zone);
    }

    private static String orNothing(@Nullable Object value) {
        return value == null ? NOTHING : value.toString();
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
