package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonWriter;
import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.RateDecision;
import java.io.IOException;

/** Writes the short answers: whole objects without an end of line, and the lines of a stream with one. */
public final class Replies {

    private Replies() {}

    /** Returns {@code {"error":"…"}}, Ollama's own form of saying no. */
    public static byte[] error(String message) {
        return JsonLine.asGo(JsonLine.bytes(writer -> writeError(writer, message)));
    }

    /** Returns the line that ends a stream badly: {@code {"error":"…"}}. */
    public static byte[] errorLine(String message) {
        return JsonLine.asGo(JsonLine.terminated(writer -> writeError(writer, message)));
    }

    /** Returns {@code {"status":"…"}}, for instance the {@code success} that a pull without stream ends in. */
    public static byte[] status(String status) {
        return JsonLine.bytes(writer -> writeStatus(writer, status));
    }

    /** Returns a line of a stream: {@code {"status":"…"}}. */
    public static byte[] statusLine(String status) {
        return JsonLine.terminated(writer -> writeStatus(writer, status));
    }

    /** Returns a line of a pull's stream as Ollama writes it: what is unknown or zero is left out. */
    public static byte[] progressLine(PullProgress progress) {
        return JsonLine.terminated(writer -> {
            writer.beginObject().name("status").value(progress.status());
            if (progress.digest() != null) {
                writer.name("digest").value(progress.digest());
            }
            if (progress.total() > 0) {
                writer.name("total").value(progress.total());
            }
            if (progress.completed() > 0) {
                writer.name("completed").value(progress.completed());
            }
            writer.endObject();
        });
    }

    /** Returns the object of a 202: the model was added. */
    public static byte[] queued(EnqueueResult.Queued result) {
        String model = result.entry().model().spelling();
        return accepted("queued", "Model " + model + " added to download queue", result.entry(), result.rate());
    }

    /** Returns the object of a 202: the model stood in the queue before. */
    public static byte[] alreadyQueued(EnqueueResult.AlreadyQueued result) {
        String model = result.entry().model().spelling();
        String message = "Model " + model + " is already in the download queue";
        return accepted("already_queued", message, result.entry(), result.rate());
    }

    /** Returns {@code {"status":"…","message":"…"}}. */
    static byte[] outcome(String status, String message) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("status").value(status);
            writer.name("message").value(message);
            writer.endObject();
        });
    }

    private static byte[] accepted(String status, String message, QueueEntry entry, RateDecision rate) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("status").value(status);
            writer.name("message").value(message);
            writer.name("queue_id").value(entry.id());
            Entries.writePlace(writer, entry.place());
            writer.name("rate_limit").beginObject();
            Entries.writeRate(writer, rate);
            writer.endObject();
            writer.endObject();
        });
    }

    private static void writeError(JsonWriter writer, String message) throws IOException {
        writer.beginObject().name("error").value(message).endObject();
    }

    private static void writeStatus(JsonWriter writer, String status) throws IOException {
        writer.beginObject().name("status").value(status).endObject();
    }
}
