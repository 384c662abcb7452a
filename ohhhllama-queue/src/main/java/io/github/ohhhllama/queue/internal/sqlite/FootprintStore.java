package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;

import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * Keeps how big the models in the queue are, and how much of them is still to be fetched.
 *
 * <p>Thread-safe. Every method throws {@link QueueStorageException} if the database cannot be used at the moment.
 */
public final class FootprintStore {

    private final Database database;

    /**
     * Creates the store.
     *
     * @param database where the sizes are kept
     */
    public FootprintStore(Database database) {
        this.database = database;
    }

    /**
     * Sets the size of an entry, or corrects it. What it fetched since it was looked at last and is not missing any more
     * counts once.
     *
     * @param id the entry's number
     * @param footprint how big its model is
     * @return whether the entry is active; if not, nothing changed
     */
    public boolean set(long id, Footprint footprint) {
        return database.write(context -> {
            QueueRecord row = Entries.byId(context, id).orElse(null);
            if (row == null || !row.getStatus().isActive()) {
                return false;
            }
            Footprints.store(context, row, footprint);
            return true;
        });
    }

    /**
     * Lists entries that wait and whose size is not known, in the order of their download.
     *
     * @param limit how many at most
     * @param offset how many to leave out
     */
    public List<Unsized> unsized(int limit, int offset) {
        return database.read(context -> unsized(context, limit, offset));
    }

    /** Returns how many bytes the active entries still need; layers that several share count once. */
    public long reserved() {
        return database.read(Footprints::reserved);
    }

    /** Returns how many bytes the disk lacked for each entry that waits for room, when it was looked at last. */
    public Map<Long, Long> parked() {
        return database.read(context -> context.select(QUEUE.ID, QUEUE.SHORT_BYTES)
                .from(QUEUE)
                .where(Entries.PENDING)
                .and(QUEUE.SHORT_BYTES.isNotNull())
                .fetchMap(QUEUE.ID, QUEUE.SHORT_BYTES));
    }

    private static List<Unsized> unsized(DSLContext context, int limit, int offset) {
        List<Unsized> found = new ArrayList<>();
        context.selectFrom(QUEUE)
                .where(Entries.PENDING)
                .and(QUEUE.SIZE.isNull())
                .orderBy(QUEUE.RANK, QUEUE.TURN, QUEUE.ID)
                .limit(limit)
                .offset(offset)
                .forEach(row -> {
                    PullRequest request = Entries.request(row);
                    if (request != null) {
                        found.add(new Unsized(row.getId(), request));
                    }
                });
        return found;
    }
}
