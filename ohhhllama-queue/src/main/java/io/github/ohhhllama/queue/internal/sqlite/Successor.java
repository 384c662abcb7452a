package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.RATE_LIMITS;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** Writes what the predecessor had into a new database of ours. Not thread-safe. */
public final class Successor {

    private final DSLContext context;
    private final Set<String> waiting = new HashSet<>();
    private int ended;
    private int refused;
    private int repeated;

    private Successor(DSLContext context) {
        this.context = context;
    }

    /**
     * Counts what became of the rows.
     *
     * @param waiting wait for their download
     * @param ended are history
     * @param refused waited, and are marked as failed since Ollama cannot pull them
     * @param repeated were left out because the same model waits already
     */
    public record Tally(int waiting, int ended, int refused, int repeated) {}

    /** Makes a new file, whatever an adoption that was killed left there. */
    static Tally write(Path file, Clock clock, List<PredecessorRow> rows, List<PredecessorCharge> charges)
            throws IOException {
        DatabaseFile place = new DatabaseFile(file, Duration.ZERO);
        for (Path left : List.of(file, place.writeAheadLog(), place.sharedMemory())) {
            Files.deleteIfExists(left);
        }
        try (Database database = Database.open(file, clock)) {
            return database.write(context -> new Successor(context).take(rows, charges));
        }
    }

    private Tally take(List<PredecessorRow> rows, List<PredecessorCharge> charges) {
        rows.forEach(this::take);
        for (PredecessorCharge charge : charges) {
            context.insertInto(RATE_LIMITS)
                    .set(RATE_LIMITS.CLIENT, charge.client())
                    .set(RATE_LIMITS.DAY, charge.day())
                    .set(RATE_LIMITS.USED, charge.used())
                    .onConflictDoNothing()
                    .execute();
        }
        return new Tally(waiting.size(), ended, refused, repeated);
    }

    private void take(PredecessorRow row) {
        EntryState state = row.state();
        String key = row.name().map(ModelName::key).orElse(row.spelling());
        if (state == EntryState.PENDING && !waiting.add(key)) {
            repeated++;
            return;
        }
        ended += state == EntryState.PENDING || row.isRefused() ? 0 : 1;
        refused += row.isRefused() ? 1 : 0;
        String error = row.isRefused() ? row.obstacle().orElse(null) : row.error();
        context.insertInto(QUEUE)
                .set(QUEUE.MODEL, row.spelling())
                .set(QUEUE.MODEL_KEY, key)
                .set(QUEUE.REQUESTER_IP, row.requester())
                .set(QUEUE.CLIENT, row.requester())
                .set(QUEUE.STATUS, state)
                .set(QUEUE.ERROR, state == EntryState.PENDING ? null : error)
                .set(QUEUE.CREATED_AT, row.createdAt())
                .set(QUEUE.UPDATED_AT, row.updatedAt())
                .execute();
    }
}
