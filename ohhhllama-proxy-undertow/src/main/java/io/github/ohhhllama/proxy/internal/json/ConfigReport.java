package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonWriter;
import io.github.ohhhllama.Window;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Shows the settings to scripts. Immutable.
 *
 * @param settings all of them, in the order in which they are shown
 * @param windows the next windows; empty where the schedule has starts only, or something is wrong
 * @param starts the next starts; empty where there are windows, or something is wrong
 * @param notices what has no effect
 * @param warnings what somebody should think about
 * @param problems what is wrong
 */
public record ConfigReport(
        List<Value> settings,
        List<Window> windows,
        List<Instant> starts,
        List<String> notices,
        List<String> warnings,
        List<String> problems) {

    /**
     * Shows one setting.
     *
     * @param name its name
     * @param text its value as it may be shown
     * @param source where it comes from
     */
    public record Value(String name, String text, String source) {}

    /** Copies the lists. */
    public ConfigReport {
        settings = List.copyOf(settings);
        windows = List.copyOf(windows);
        starts = List.copyOf(starts);
        notices = List.copyOf(notices);
        warnings = List.copyOf(warnings);
        problems = List.copyOf(problems);
    }

    /** Returns the report as one object. */
    public byte[] toJson() {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("settings").beginArray();
            for (Value setting : settings) {
                writer.beginObject();
                writer.name("name").value(setting.name());
                writer.name("value").value(setting.text());
                writer.name("source").value(setting.source());
                writer.endObject();
            }
            writer.endArray();
            writer.name("next_windows").beginArray();
            for (Window window : windows) {
                writer.beginObject();
                writer.name("opens").value(JsonLine.timestamp(window.opens()));
                writer.name("closes").value(JsonLine.timestamp(window.closes()));
                writer.endObject();
            }
            writer.endArray();
            write(
                    writer.name("next_starts"),
                    starts.stream().map(JsonLine::timestamp).toList());
            write(writer.name("notices"), notices);
            write(writer.name("warnings"), warnings);
            write(writer.name("problems"), problems);
            writer.endObject();
        });
    }

    private static void write(JsonWriter writer, List<String> texts) throws IOException {
        writer.beginArray();
        for (String text : texts) {
            writer.value(text);
        }
        writer.endArray();
    }
}
