package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonWriter;
import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.History;
import io.github.ohhhllama.Night;
import io.github.ohhhllama.OutdatedModel;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Stint;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes what is planned, what was done, and what could be newer. */
public final class Reports {

    private Reports() {}

    /**
     * Returns the answer of {@code GET /api/queue/plan}.
     *
     * @param plan the plan
     * @param models the models of the entries by number, as far as they are known
     */
    public static byte[] plan(Plan plan, Map<Long, String> models) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("made_at").value(JsonLine.timestamp(plan.madeAt()));
            writer.name("bytes_per_second").value(plan.bytesPerSecond());
            writer.name("nights").beginArray();
            for (Night night : plan.nights()) {
                writeNight(writer, night);
            }
            writer.endArray();
            writer.name("forecasts").beginArray();
            for (Forecast forecast : plan.forecasts()) {
                writer.beginObject();
                writer.name("queue_id").value(forecast.entry());
                writer.name("model").value(models.get(forecast.entry()));
                Forecasts.write(writer, forecast);
                writer.endObject();
            }
            writer.endArray();
            writer.endObject();
        });
    }

    /** Returns the answer of {@code GET /api/history}. */
    public static byte[] history(History history, History.Query query) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("by").value(query.by().word());
            writer.name("since").value(JsonLine.timestamp(query.since()));
            writer.name("tallies").beginArray();
            for (History.Tally tally : history.tallies()) {
                writer.beginObject();
                writer.name("key").value(tally.key());
                writer.name("attempts").value(tally.attempts());
                writer.name("completed").value(tally.completed());
                writer.name("failed").value(tally.failed());
                writer.name("bytes").value(tally.bytes());
                writer.endObject();
            }
            writer.endArray();
            writer.name("attempts").beginArray();
            for (Fetch fetch : history.fetches()) {
                writeFetch(writer, fetch);
            }
            writer.endArray();
            writer.endObject();
        });
    }

    /** Returns the answer of {@code GET /api/queue/outdated}. */
    public static byte[] outdated(List<OutdatedModel> models) {
        return JsonLine.bytes(writer -> {
            writer.beginObject().name("outdated").beginArray();
            for (OutdatedModel model : models) {
                writer.beginObject();
                writer.name("model").value(model.installed().name().display());
                writer.name("installed_digest").value(model.installed().digest());
                writer.name("newest_digest").value(model.newest().digest());
                writer.name("size").value(model.newest().size());
                writer.name("pinned").value(model.pinned());
                writer.endObject();
            }
            writer.endArray().endObject();
        });
    }

    private static void writeNight(JsonWriter writer, Night night) throws IOException {
        writer.beginObject();
        writer.name("opens").value(JsonLine.timestamp(night.window().opens()));
        writer.name("closes").value(JsonLine.timestamp(night.window().closes()));
        writer.name("stints").beginArray();
        for (Stint stint : night.stints()) {
            writer.beginObject();
            writer.name("queue_id").value(stint.entry());
            writer.name("model").value(stint.model().spelling());
            writer.name("from").value(JsonLine.timestamp(stint.from()));
            writer.name("to").value(JsonLine.timestamp(stint.to()));
            writer.name("bytes").value(stint.bytes());
            writer.name("finishes").value(stint.finishes());
            writer.endObject();
        }
        writer.endArray();
        writer.endObject();
    }

    private static void writeFetch(JsonWriter writer, Fetch fetch) throws IOException {
        writer.beginObject();
        writer.name("queue_id").value(fetch.entry());
        writer.name("model").value(fetch.model().spelling());
        writer.name("requester").value(fetch.requester().name());
        writer.name("from").value(JsonLine.timestamp(fetch.from()));
        writer.name("to").value(JsonLine.timestamp(fetch.to()));
        writer.name("bytes").value(fetch.bytes());
        writer.name("mean_rate").value(fetch.meanRate());
        writer.name("peak_rate").value(fetch.peakRate());
        writer.name("outcome").value(fetch.outcome().word());
        writer.name("words").value(fetch.words());
        writer.name("window_opened").value(JsonLine.timestamp(fetch.windowOpened()));
        writer.endObject();
    }
}
