package io.github.ohhhllama.proxy.internal.remote;

import io.github.ohhhllama.proxy.internal.json.QueueView.Entry;
import io.github.ohhhllama.proxy.internal.json.QueueView.Event;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes one entry and its story for people.
 *
 * @param text how entries are written
 */
public record StoryText(EntryText text) {

    /** Returns a line for each thing that is known of the entry, then one for each event. */
    public List<String> lines(Entry entry) {
        List<String> lines = new ArrayList<>();
        lines.add("entry      " + entry.id());
        lines.add("model      " + entry.model());
        lines.add("status     " + entry.status());
        add(lines, "priority   ", entry.priority());
        add(lines, "asked by   ", entry.requester());
        add(lines, "position   ", entry.position());
        add(lines, "size       ", size(entry));
        add(lines, "progress   ", entry.running().map(text::amount).orElse(null));
        add(lines, "ready      ", entry.ready() == null ? null : text.ready(entry));
        add(lines, "tonight    ", entry.isActive() ? entry.fitsTonight() : null);
        add(lines, "waits      ", entry.whyWaiting());
        add(lines, "last error ", entry.error());
        List<Event> events = Objects.requireNonNullElse(entry.events(), List.of());
        if (!events.isEmpty()) {
            lines.add("");
        }
        events.forEach(event -> lines.add(line(event)));
        return lines.stream().map(PlainText::of).toList();
    }

    private String line(Event event) {
        String words = event.words() == null || event.words().isEmpty() ? "" : ": " + event.words();
        return text.time(event.at()) + "  " + event.kind() + words;
    }

    private static @Nullable String size(Entry entry) {
        if (entry.size() == null) {
            return null;
        }
        String missing = entry.missing() == null || !entry.isActive()
                ? ""
                : ", " + Amounts.size(entry.missing()) + " of it to fetch";
        return Amounts.size(entry.size()) + missing;
    }

    private static void add(List<String> lines, String label, @Nullable Object value) {
        if (value != null) {
            lines.add(label + value);
        }
    }
}
