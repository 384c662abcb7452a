package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.ProcessResult;
import io.github.ohhhllama.QueueEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

    /**
     * Returns the object that says that an entry was changed.
     *
     * @param status one word for what happened
     * @param message the same as a sentence
     * @param entry the entry after it
     */
    public static byte[] changed(String status, String message, QueueEntry entry) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("status").value(status);
            writer.name("message").value(message);
            writer.name("queue_id").value(entry.id());
            Entries.writePlace(writer, entry.place());
            writer.endObject();
        });
    }

    /**
     * Returns the object that says what came of the wish to start the queue.
     *
     * @param result what came of it
     * @param reservation what is to be added to the sentence, or empty
     */
    public static byte[] processed(ProcessResult result, String reservation) {
        String message = switch (result) {
            case STARTED -> "The queue was started";
            case ALREADY_RUNNING -> "The queue is running already";
            case NOTHING_WAITING -> "Nothing waits in the queue";
        };
        return Replies.outcome(result.word(), message + reservation);
    }

    /**
     * Returns the object that says that the queue is paused.
     *
     * @param message the sentence
     * @param until when the pause ends by itself, or null if it does not
     */
    public static byte[] paused(String message, @Nullable Instant until) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("status").value("paused");
            writer.name("message").value(message);
            writer.name("until").value(JsonLine.timestamp(until));
            writer.endObject();
        });
    }

    /** Returns the object that says whether a pause was ended. */
    public static byte[] resumed(boolean wasPaused) {
        return wasPaused
                ? Replies.outcome("resumed", "The pause is over")
                : Replies.outcome("not_paused", "The queue was not paused by hand");
    }
}
