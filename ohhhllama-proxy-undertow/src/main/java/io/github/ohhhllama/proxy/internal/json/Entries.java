package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonWriter;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.ScheduleStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what {@code GET /api/queue} shows. */
public final class Entries {

    private static final double TENTHS_OF_PERCENT = 1000.0;

    private Entries() {}

    /**
     * Returns the whole listing.
     *
     * @param snapshot the queue
     * @param plan what is foreseen of it
     * @param schedule when it runs
     * @param rate how the asking client stands
     * @param page the page the snapshot was made for
     */
    public static byte[] listing(
            QueueSnapshot snapshot, Plan plan, ScheduleStatus schedule, RateDecision rate, Page page) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writeCounts(writer, snapshot.counts());
            writeQueue(writer, snapshot.queue(), plan);
            writeRecent(writer, snapshot.recent());
            writer.name("rate_limit").beginObject();
            writeRate(writer, rate);
            writer.name("resets_at").value(JsonLine.timestamp(rate.resetsAt()));
            writer.endObject();
            writeSchedule(writer, schedule);
            writePage(writer, page, snapshot.counts());
            writer.endObject();
        });
    }

    /**
     * Returns what a filter selects, each entry in the form it has in the listing but without its place.
     *
     * @param entries the entries
     * @param page the page they were asked for
     */
    public static byte[] selection(List<QueueEntry> entries, Page page) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("entries").beginArray();
            for (QueueEntry entry : entries) {
                writer.beginObject();
                writeEntry(writer, entry, null);
                writer.endObject();
            }
            writer.endArray();
            writer.name("page").beginObject();
            writer.name("limit").value(page.limit());
            writer.name("offset").value(page.offset());
            writer.endObject();
            writer.endObject();
        });
    }

    /**
     * Returns one entry in the form it has in the listing, and its story; position and start are null when it is not
     * active.
     *
     * @param entry the entry
     * @param forecast what is foreseen of it, or null if that is nothing
     * @param events what happened to it, in order
     */
    public static byte[] entry(QueueEntry entry, @Nullable Forecast forecast, List<EntryEvent> events) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writeEntry(writer, entry, forecast);
            writer.name("events").beginArray();
            for (EntryEvent event : events) {
                writer.beginObject();
                writer.name("at").value(JsonLine.timestamp(event.at()));
                writer.name("kind").value(event.kind().word());
                writer.name("words").value(event.words());
                writer.endObject();
            }
            writer.endArray();
            writer.endObject();
        });
    }

    /** Writes {@code position} and {@code starts_at} into the object that is open. */
    static void writePlace(JsonWriter writer, @Nullable Place place) throws IOException {
        if (place == null) {
            writer.name("position").nullValue().name("starts_at").nullValue();
        } else {
            writer.name("position").value(place.position());
            writer.name("starts_at").value(JsonLine.timestamp(place.startsAt()));
        }
    }

    /** Writes {@code limit} and {@code remaining} into the object that is open. */
    static void writeRate(JsonWriter writer, RateDecision rate) throws IOException {
        writer.name("limit").value(rate.limit()).name("remaining");
        if (rate.isUnlimited()) {
            writer.nullValue();
        } else {
            writer.value(rate.remaining());
        }
    }

    private static void writeCounts(JsonWriter writer, QueueCounts counts) throws IOException {
        writer.name("counts").beginObject();
        writer.name("pending").value(counts.pending());
        writer.name("downloading").value(counts.downloading());
        writer.name("completed").value(counts.completed());
        writer.name("failed").value(counts.failed());
        writer.endObject();
    }

    private static void writeQueue(JsonWriter writer, List<QueueEntry> entries, Plan plan) throws IOException {
        Map<Long, Forecast> forecasts = plan.forecasts().stream()
                .collect(Collectors.toMap(Forecast::entry, Function.identity(), (first, again) -> first));
        writer.name("queue").beginArray();
        for (QueueEntry entry : entries) {
            writer.beginObject();
            writeEntry(writer, entry, forecasts.get(entry.id()));
            writer.endObject();
        }
        writer.endArray();
    }

    private static void writeRecent(JsonWriter writer, List<QueueEntry> entries) throws IOException {
        writer.name("recent").beginArray();
        for (QueueEntry entry : entries) {
            writer.beginObject();
            writeHead(writer, entry);
            writer.name("error").value(entry.attempts().error());
            writer.name("updated_at").value(JsonLine.timestamp(entry.updatedAt()));
            writer.endObject();
        }
        writer.endArray();
    }

    private static void writePage(JsonWriter writer, Page page, QueueCounts counts) throws IOException {
        writer.name("page").beginObject();
        writer.name("limit").value(page.limit());
        writer.name("offset").value(page.offset());
        writer.name("total").value(counts.pending() + counts.downloading());
        writer.endObject();
    }

    private static void writeSchedule(JsonWriter writer, ScheduleStatus schedule) throws IOException {
        writer.name("paused");
        Hold pause = schedule.pause();
        if (pause == null) {
            writer.nullValue();
        } else {
            writer.beginObject();
            Forecasts.writeWords(writer, pause);
            writer.endObject();
        }
        writer.name("window").beginObject();
        writer.name("running_since").value(JsonLine.timestamp(schedule.runningSince()));
        writer.name("ends_at").value(JsonLine.timestamp(schedule.endsAt()));
        writer.name("next_start").value(JsonLine.timestamp(schedule.nextStart()));
        writer.endObject();
    }

    private static void writeEntry(JsonWriter writer, QueueEntry entry, @Nullable Forecast forecast)
            throws IOException {
        writeHead(writer, entry);
        writer.name("requester_ip").value(entry.request().requester().name());
        writer.name("created_at").value(JsonLine.timestamp(entry.createdAt()));
        writer.name("updated_at").value(JsonLine.timestamp(entry.updatedAt()));
        writePlace(writer, entry.place());
        writer.name("attempts").value(entry.attempts().made());
        if (entry.attempts().error() != null) {
            writer.name("error").value(entry.attempts().error());
        }
        if (entry.attempts().nextAt() != null) {
            writer.name("retry_at").value(JsonLine.timestamp(entry.attempts().nextAt()));
        }
        writer.name("refresh").value(entry.request().refresh());
        writer.name("insecure").value(entry.request().insecure());
        writeProgress(writer, entry.download());
        writer.name("priority").value(entry.request().priority().word());
        Extent extent = entry.extent();
        writer.name("size").value(extent == null ? null : extent.size());
        writer.name("missing").value(extent == null ? null : extent.missing());
        Forecasts.write(writer, forecast);
    }

    private static void writeHead(JsonWriter writer, QueueEntry entry) throws IOException {
        writer.name("id").value(entry.id());
        writer.name("model").value(entry.model().spelling());
        writer.name("status").value(entry.state().word());
    }

    private static void writeProgress(JsonWriter writer, @Nullable Download download) throws IOException {
        writer.name("progress");
        if (download == null) {
            writer.nullValue();
            return;
        }
        PullProgress progress = download.progress();
        writer.beginObject();
        writer.name("status").value(progress.status());
        writer.name("digest").value(progress.digest());
        writer.name("total").value(progress.total());
        writer.name("completed").value(progress.completed());
        if (progress.total() > 0) {
            double percent = Math.floor(TENTHS_OF_PERCENT * progress.completed() / progress.total()) / 10;
            writer.name("percent").value(Math.min(100.0, percent));
        }
        writer.name("bytes_per_second").value(download.bytesPerSecond());
        writer.endObject();
    }
}
