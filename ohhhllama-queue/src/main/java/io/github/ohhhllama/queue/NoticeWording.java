package io.github.ohhhllama.queue;

import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.ShiftSummary;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.notify.Message;
import io.github.ohhhllama.queue.internal.sqlite.FetchStore;
import io.github.ohhhllama.queue.internal.sqlite.Notice;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Finds the words for what people are told. Thread-safe.
 *
 * @param fetches the account of the nights
 * @param zone in which times are told
 */
record NoticeWording(FetchStore fetches, Supplier<ZoneId> zone) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** Returns the message for a notice. */
    Message of(Notice notice) {
        Notice.Event event = notice.event();
        return switch (event.kind()) {
            case "ready" -> ready(notice.token(), event);
            case "failed" -> failed(notice.token(), event);
            default -> night(notice.token(), event, event.began() == null ? event.at() : event.began());
        };
    }

    private static Message ready(String id, Notice.Event event) {
        String size = event.bytes() == 0 ? "" : " (" + amount(event.bytes()) + ')';
        return new Message(
                id,
                "model.ready",
                event.at(),
                event.model() + " is ready",
                event.model() + size + " was downloaded, as " + asker(event) + " asked.",
                Map.of(
                        "model", event.model(),
                        "entry", event.subject(),
                        "requester", event.requester(),
                        "bytes", event.bytes()));
    }

    private static Message failed(String id, Notice.Event event) {
        return new Message(
                id,
                "model.failed",
                event.at(),
                event.model() + " was given up",
                event.model() + ", which " + asker(event) + " asked for, was given up: " + event.words(),
                Map.of(
                        "model", event.model(),
                        "entry", event.subject(),
                        "requester", event.requester(),
                        "reason", event.words()));
    }

    private Message night(String id, Notice.Event event, Instant began) {
        ShiftSummary summary = new ShiftSummary(new Window(began, event.at()), fetches.of(event.subject()));
        List<Fetch> failures = summary.failures();
        String text = TIME.withZone(zone.get()).format(began) + " to "
                + TIME.withZone(zone.get()).format(event.at()) + ": " + models(summary.completed()) + " and "
                + amount(summary.bytes()) + " came, " + amount(summary.meanRate()) + "/s on average. "
                + (failures.isEmpty() ? "Nothing failed." : failures.size() + " attempts failed: " + summary.reasons());
        return new Message(
                id,
                "night.summary",
                event.at(),
                "The night is over: " + models(summary.completed()) + ", " + amount(summary.bytes()),
                text,
                Map.of(
                        "began", began.toString(),
                        "ended", event.at().toString(),
                        "completed", summary.completed(),
                        "bytes", summary.bytes(),
                        "mean_rate", summary.meanRate(),
                        "peak_rate", summary.peakRate(),
                        "failures",
                                failures.stream().map(NoticeWording::failure).toList()));
    }

    private static Map<String, Object> failure(Fetch fetch) {
        return new TreeMap<>(Map.of("model", fetch.model().display(), "reason", fetch.words()));
    }

    private static String asker(Notice.Event event) {
        return event.requester().isBlank() ? "somebody" : event.requester();
    }

    private static String models(long count) {
        return count == 1 ? "1 model" : count + " models";
    }

    private static String amount(long bytes) {
        return bytes >= 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
