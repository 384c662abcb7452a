package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonWriter;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Forecast.Tonight;
import io.github.ohhhllama.Hold;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what is foreseen of entries into the object that is open. */
final class Forecasts {

    private Forecasts() {}

    /** Writes {@code ready_at}, {@code fits_tonight}, {@code why_waiting} and {@code holds}; null is for nothing known. */
    static void write(JsonWriter writer, @Nullable Forecast forecast) throws IOException {
        writeReady(writer, forecast);
        writer.name("why_waiting")
                .value(forecast == null ? null : forecast.whyWaiting().orElse(null));
        writer.name("holds").beginArray();
        for (Hold hold : forecast == null ? List.<Hold>of() : forecast.holds()) {
            writer.beginObject();
            writer.name("cause").value(hold.cause().word());
            writeWords(writer, hold);
            writer.endObject();
        }
        writer.endArray();
    }

    /** Writes {@code ready_at} and {@code fits_tonight}. */
    static void writeReady(JsonWriter writer, @Nullable Forecast forecast) throws IOException {
        writer.name("ready_at");
        if (forecast == null || forecast.earliest() == null) {
            writer.nullValue();
        } else {
            writer.beginObject();
            writer.name("earliest").value(JsonLine.timestamp(forecast.earliest()));
            writer.name("latest").value(JsonLine.timestamp(forecast.latest()));
            writer.endObject();
        }
        Tonight tonight = forecast == null ? Tonight.UNKNOWN : forecast.tonight();
        writer.name("fits_tonight").value(tonight.word());
    }

    /** Writes {@code words} and {@code until}. */
    static void writeWords(JsonWriter writer, Hold hold) throws IOException {
        writer.name("words").value(hold.words());
        writer.name("until").value(JsonLine.timestamp(hold.until()));
    }
}
