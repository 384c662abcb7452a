package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EnqueueResult.AlreadyQueued;
import io.github.ohhhllama.EnqueueResult.Queued;
import io.github.ohhhllama.EnqueueResult.UpToDate;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Preview;
import io.github.ohhhllama.QueueEntry;
import org.jspecify.annotations.Nullable;

/** Writes what would become of a pull: the answer of {@code POST /api/pull?dry_run}. */
public final class Previews {

    private Previews() {}

    /** Says what would happen: one word, and a sentence. */
    private record Fate(String status, String message) {}

    /**
     * Says how a pull would be refused.
     *
     * @param error what the pull would be told
     * @param httpStatus and with which status
     */
    public record Denial(String error, int httpStatus) {}

    /**
     * Returns the answer.
     *
     * @param model what would be pulled
     * @param preview what is foreseen
     * @param denial how the pull would be refused, or null if it would not
     */
    public static byte[] of(ModelName model, Preview preview, @Nullable Denial denial) {
        EnqueueResult outcome = preview.outcome();
        Fate fate = denial == null ? fate(model, outcome) : new Fate("refused", denial.error());
        QueueEntry entry = entry(outcome);
        Extent extent = extent(preview);
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("status").value(fate.status());
            writer.name("message").value(fate.message());
            if (denial != null) {
                writer.name("error").value(denial.error());
                writer.name("http_status").value(denial.httpStatus());
            }
            writer.name("model").value(model.spelling());
            writer.name("size").value(extent == null ? null : extent.size());
            writer.name("missing").value(extent == null ? null : extent.missing());
            Entries.writePlace(writer, entry == null ? null : entry.place());
            Forecasts.writeReady(writer, preview.forecast());
            writer.name("rate_limit").beginObject();
            Entries.writeRate(writer, outcome.rate());
            writer.endObject();
            writer.endObject();
        });
    }

    /**
     * Returns the answer for a pull that would be refused before the queue is asked.
     *
     * @param model what would be pulled
     * @param denial how the pull would be refused
     */
    public static byte[] refused(ModelName model, Denial denial) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("status").value("refused");
            writer.name("message").value(denial.error());
            writer.name("error").value(denial.error());
            writer.name("http_status").value(denial.httpStatus());
            writer.name("model").value(model.spelling());
            writer.endObject();
        });
    }

    /**
     * Returns the answer for a pull that never reaches the queue.
     *
     * @param model what would be pulled
     * @param status one word for what would happen
     * @param message the same as a sentence
     */
    public static byte[] aside(ModelName model, String status, String message) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("status").value(status);
            writer.name("message").value(message);
            writer.name("model").value(model.spelling());
            writer.endObject();
        });
    }

    private static Fate fate(ModelName model, EnqueueResult outcome) {
        String name = "Model " + model.spelling();
        return outcome.match(
                queued -> queued.entry().request().refresh()
                        ? new Fate("would_queue", name + " is here; the look for a newer version would be queued")
                        : new Fate("would_queue", name + " would be added to the download queue"),
                already -> new Fate("already_queued", name + " is already in the download queue"),
                current -> new Fate("up_to_date", name + " is here in its newest version"),
                refused -> new Fate("refused", name + " would be refused"));
    }

    private static @Nullable QueueEntry entry(EnqueueResult outcome) {
        if (outcome instanceof Queued queued) {
            return queued.entry();
        }
        return outcome instanceof AlreadyQueued already ? already.entry() : null;
    }

    private static @Nullable Extent extent(Preview preview) {
        Footprint footprint = preview.footprint();
        if (footprint != null) {
            return new Extent(footprint.size(), footprint.missingBytes());
        }
        if (preview.outcome() instanceof UpToDate current) {
            return new Extent(current.installed().size(), 0);
        }
        QueueEntry entry = entry(preview.outcome());
        return entry == null ? null : entry.extent();
    }
}
