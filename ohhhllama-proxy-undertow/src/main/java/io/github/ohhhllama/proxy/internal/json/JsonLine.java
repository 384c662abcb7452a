package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Writes one JSON value on one line of UTF-8. */
final class JsonLine {

    private JsonLine() {}

    /** Says what stands in the line. */
    @FunctionalInterface
    interface Content {
        void write(JsonWriter writer) throws IOException;
    }

    /** Returns the line without its end. */
    static byte[] bytes(Content content) {
        return write(content).readByteArray();
    }

    /** Returns the line with its end, as a stream of them needs it. */
    static byte[] terminated(Content content) {
        return write(content).writeByte('\n').readByteArray();
    }

    /**
     * Returns what was written, spelled as Go spells it: for the sake of web pages, {@code < > &} are escaped in its strings
     * and appear nowhere else in JSON.
     */
    static byte[] asGo(byte[] json) {
        return new String(json, StandardCharsets.UTF_8)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a moment as RFC 3339 in UTC, to the millisecond. */
    static @Nullable String timestamp(@Nullable Instant moment) {
        return moment == null ? null : moment.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static Buffer write(Content content) {
        Buffer buffer = new Buffer();
        try {
            JsonWriter writer = JsonWriter.of(buffer);
            writer.setSerializeNulls(true);
            content.write(writer);
            writer.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return buffer;
    }
}
