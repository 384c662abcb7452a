package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE_COUNTS;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * Is a snapshot, and the active rows it had to leave out.
 *
 * @param snapshot what can be shown
 * @param nameless the numbers of rows whose model is not a name
 */
record Listing(QueueSnapshot snapshot, List<Long> nameless) {

    private static final int RECENT = 20;

    /**
     * Lists what a page shows.
     *
     * @param start when the queue starts next if it rests
     * @param now tells whether a lease has ended
     */
    static Listing of(DSLContext context, Page page, Instant start, Instant now) {
        Instant startsAt = RunStore.current(context).map(Run::startedAt).orElse(start);
        List<QueueEntry> queue = new ArrayList<>();
        List<Long> nameless = new ArrayList<>();
        int position = page.offset();
        for (QueueRecord row : Entries.active(context, page.limit(), page.offset())) {
            position++;
            QueueEntry entry = Entries.entry(row, new Place(position, startsAt), now);
            if (entry == null) {
                nameless.add(row.getId());
            } else {
                queue.add(entry);
            }
        }
        return new Listing(new QueueSnapshot(counts(context), queue, recent(context, now)), nameless);
    }

    private static List<QueueEntry> recent(DSLContext context, Instant now) {
        List<QueueEntry> recent = new ArrayList<>();
        for (QueueRecord row : Entries.ended(context, RECENT)) {
            QueueEntry entry = Entries.entry(row, null, now);
            if (entry != null) {
                recent.add(entry);
            }
        }
        return recent;
    }

    private static QueueCounts counts(DSLContext context) {
        Map<EntryState, Long> counts =
                context.selectFrom(QUEUE_COUNTS).fetchMap(QUEUE_COUNTS.STATUS, QUEUE_COUNTS.ENTRIES);
        return new QueueCounts(
                counts.getOrDefault(EntryState.PENDING, 0L),
                counts.getOrDefault(EntryState.DOWNLOADING, 0L),
                counts.getOrDefault(EntryState.COMPLETED, 0L),
                counts.getOrDefault(EntryState.FAILED, 0L));
    }
}
