package io.github.ohhhllama.proxy.internal.remote;

import io.github.ohhhllama.proxy.internal.json.Health.Status;
import io.github.ohhhllama.proxy.internal.json.QueueView;
import io.github.ohhhllama.proxy.internal.json.QueueView.Entry;
import io.github.ohhhllama.proxy.internal.json.QueueView.Hours;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what changed between one look at a proxy and the next, a line for each change. Not thread-safe. */
public final class Changes {

    private final EntryText text;
    private final Map<String, Status> parts = new HashMap<>();
    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private @Nullable Status whole;
    private String hours = "";
    private String pause = "";

    /**
     * Creates a memory without a look yet.
     *
     * @param zone whose clock people here read
     */
    public Changes(ZoneId zone) {
        text = new EntryText(zone);
    }

    /**
     * Returns what is different from the look before; at the first look, everything.
     *
     * @param now the look, which is remembered
     */
    public List<String> since(Overview now) {
        List<String> lines = new ArrayList<>();
        health(lines, now);
        now.queue().ifPresent(answer -> {
            hours(lines, answer.view());
            pause(lines, answer.view());
            entries(lines, answer.view());
        });
        return lines;
    }

    /**
     * Returns what is to be said when no proxy answers, once; all is new afterwards but the entries.
     *
     * @param why the words for it
     */
    public List<String> lost(String why) {
        boolean known = whole != null;
        whole = null;
        parts.clear();
        return known ? List.of(why) : List.of();
    }

    private void health(List<String> lines, Overview now) {
        if (now.status() != whole) {
            whole = now.status();
            lines.add(now.proxy() + " is " + whole.word());
        }
        now.health().view().checks().forEach((name, check) -> {
            Status before = Objects.requireNonNullElse(parts.put(name, check.status()), Status.HEALTHY);
            if (before != check.status()) {
                lines.add(name + " is " + check.status().word() + ": " + check.message());
            }
        });
    }

    private void hours(List<String> lines, QueueView queue) {
        Hours window = queue.window();
        String now = window == null ? "" : words(window);
        if (!now.equals(hours) && !now.isEmpty()) {
            lines.add(now);
        }
        hours = now;
    }

    private String words(Hours window) {
        return window.runningSince() != null
                ? "the queue has been running since " + text.time(window.runningSince())
                : "the queue rests, next start " + text.time(window.nextStart());
    }

    private void pause(List<String> lines, QueueView queue) {
        QueueView.Pause paused = queue.paused();
        String now = paused == null ? "" : "the queue is " + Objects.requireNonNullElse(paused.words(), "paused");
        if (!now.equals(pause)) {
            lines.add(now.isEmpty() ? "the pause has ended" : now);
        }
        pause = now;
    }

    private void entries(List<String> lines, QueueView queue) {
        Set<Long> gone = new HashSet<>(entries.keySet());
        for (Entry entry : queue.queue()) {
            gone.remove(entry.id());
            Entry before = entries.put(entry.id(), entry);
            // That a queue moves up is no news.
            if (before == null || !text.stride(before).equals(text.stride(entry))) {
                lines.add(text.line(entry));
            }
        }
        for (long id : gone) {
            lines.add(end(Objects.requireNonNull(entries.remove(id)), queue));
        }
    }

    private static String end(Entry last, QueueView queue) {
        return queue.ended().stream()
                .filter(entry -> entry.id() == last.id())
                .findFirst()
                .map(entry ->
                        entry.model() + ": " + entry.status() + (entry.error() == null ? "" : ": " + entry.error()))
                .orElseGet(() -> last.model() + ": taken off the queue");
    }
}
