package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;

import io.github.ohhhllama.EntryFilter;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;

/**
 * Finds the entries that a filter selects, newest first: along the rows as they lie in the file, until the page is full. No
 * index helps with that, since every one would have to be kept with every request that is queued, and is not worth it for
 * a list that somebody asks for now and then.
 */
final class Selection {

    private Selection() {}

    /**
     * Returns the entries of a page, without their places. Rows whose model is not a name are left out.
     *
     * @param now tells whether a lease has ended
     */
    static List<QueueEntry> of(DSLContext context, EntryFilter filter, Page page, Instant now) {
        return query(context, filter, page).fetch().map(row -> Entries.entry(row, null, now)).stream()
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Returns the question for the rows of a page. */
    static Select<QueueRecord> query(DSLContext context, EntryFilter filter, Page page) {
        return context.selectFrom(QUEUE)
                .where(condition(filter))
                .orderBy(QUEUE.ID.desc())
                .limit(page.limit())
                .offset(page.offset());
    }

    private static Condition condition(EntryFilter filter) {
        ModelName model = filter.model();
        Condition condition =
                filter.state() == null ? noCondition() : unindexed(QUEUE.STATUS).eq(filter.state());
        condition = filter.requester() == null ? condition : condition.and(QUEUE.REQUESTER_IP.eq(filter.requester()));
        return model == null ? condition : condition.and(QUEUE.MODEL_KEY.eq(model.key()));
    }

    /** The sign does nothing but keep SQLite from an index in another order, all of which it would have to sort. */
    private static <T> Field<T> unindexed(Field<T> column) {
        return field("+{0}", column.getDataType(), column);
    }
}
