package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.ProcessResult;
import io.github.ohhhllama.QueueEntry;
import java.util.Locale;

/** Writes what is said after the queue was changed. */
public final class ActionReplies {

    private ActionReplies() {}

    /** Returns the object that says that an entry was taken out. */
    public static byte[] removed(QueueEntry entry) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("status").value("deleted");
            writer.name("message").value("Model " + entry.model().spelling() + " removed from queue");
            writer.name("queue_id").value(entry.id());
            writer.endObject();
        });
    }

    /** Returns the object that says what came of the wish to start the queue. */
    public static byte[] processed(ProcessResult result) {
        String message = switch (result) {
            case STARTED -> "The queue was started";
            case ALREADY_RUNNING -> "The queue is running already";
            case NOTHING_WAITING -> "Nothing waits in the queue";
        };
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("status").value(result.name().toLowerCase(Locale.ROOT));
            writer.name("message").value(message);
            writer.endObject();
        });
    }
}
