package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.Page;
import io.github.ohhhllama.proxy.internal.json.QueueView;
import io.github.ohhhllama.proxy.internal.json.QueueView.Entry;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.EntryText;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient;
import io.github.ohhhllama.proxy.internal.terminal.LiveLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits for entries of the queue to end, and shows what happens meanwhile. Not thread-safe. */
final class QueueWait {

    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final ProxyClient client;
    private final Surroundings surroundings;
    private final boolean talks;
    private final LiveLine line;
    private final EntryText text;

    /** The models of the entries that are waited for, by number. */
    private final Map<Long, String> awaited = new LinkedHashMap<>();

    private int exitCode = ExitCode.OK;

    QueueWait(ProxyClient client, Surroundings surroundings, boolean talks) {
        this.client = client;
        this.surroundings = surroundings;
        this.talks = talks;
        line = new LiveLine(surroundings.terminal());
        text = new EntryText(surroundings.clock().getZone());
    }

    /** Takes note of everything that stands in the queue, to tell later how it ended. */
    void remember() {
        active().forEach(entry -> awaited.put(entry.id(), entry.model()));
    }

    /** Waits until the given entries ended; returns the exit code. */
    int forEntries(Collection<Long> ids) {
        ids.forEach(id -> awaited.put(id, "entry " + id));
        while (!awaited.isEmpty()) {
            List<Entry> active = look();
            show(active.stream()
                    .filter(entry -> awaited.containsKey(entry.id()))
                    .toList());
            if (!awaited.isEmpty() && !pause()) {
                return ExitCode.FAILED;
            }
        }
        line.clear();
        return exitCode;
    }

    /** Waits until nothing is being downloaded and nothing could be by now; returns the exit code. */
    int untilAtRest() {
        List<Entry> active = look();
        while (active.stream().anyMatch(this::isDue)) {
            active.forEach(entry -> awaited.put(entry.id(), entry.model()));
            show(active);
            if (!pause()) {
                return ExitCode.FAILED;
            }
            active = look();
        }
        line.clear();
        active.forEach(entry -> say(text.line(entry)));
        return exitCode;
    }

    /** Returns the active entries, and tells of those that ended since the last look. */
    private List<Entry> look() {
        List<Entry> active = active();
        active.forEach(entry -> awaited.computeIfPresent(entry.id(), (id, model) -> entry.model()));
        Set<Long> standing = active.stream().map(Entry::id).collect(Collectors.toSet());
        List<Long> gone =
                awaited.keySet().stream().filter(id -> !standing.contains(id)).toList();
        gone.forEach(id -> look(id).ifPresent(active::add));
        return active;
    }

    /** An entry that changed its place between two pages of the list was on neither. */
    private Optional<Entry> look(long id) {
        Optional<Entry> entry = client.entry(id);
        Optional<Entry> active = entry.filter(Entry::isActive);
        if (active.isEmpty()) {
            end(id, entry);
        }
        return active;
    }

    private void end(long id, Optional<Entry> entry) {
        String model = awaited.remove(id);
        String status = entry.map(Entry::status).orElse("taken off the queue");
        if (!status.equals("completed")) {
            exitCode = exitCode == ExitCode.OK ? ExitCode.FAILED : exitCode;
        }
        String reason = entry.map(Entry::error).map(error -> ": " + error).orElse("");
        say(entry.map(Entry::model).orElse(model) + ": " + status + reason);
    }

    private void show(List<Entry> waiting) {
        Optional<Entry> first = waiting.stream().filter(Entry::isDownloading).findFirst();
        first.or(() -> waiting.stream().findFirst()).ifPresent(entry -> {
            if (talks) {
                line.show(text.line(entry), text.step(entry));
            }
        });
    }

    private boolean isDue(Entry entry) {
        Instant next = entry.nextAttemptAt();
        return entry.isDownloading()
                || next == null
                || !next.isAfter(surroundings.clock().instant());
    }

    private List<Entry> active() {
        QueueView view = client.queue(Page.MOST, 0).view();
        List<Entry> entries = new ArrayList<>(view.queue());
        while (view.queue().size() == Page.MOST) {
            view = client.queue(Page.MOST, entries.size()).view();
            entries.addAll(view.queue());
        }
        return entries;
    }

    private void say(String words) {
        if (talks) {
            line.say(words);
        }
    }

    private boolean pause() {
        try {
            surroundings.pause().take(REFRESH);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
