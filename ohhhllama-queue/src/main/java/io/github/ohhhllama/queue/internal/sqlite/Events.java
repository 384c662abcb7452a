package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.EVENTS;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.jooq.impl.DSL.max;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryEvent.Kind;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.EventsRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;

/** Writes down what happens to entries, in the transaction in which it happens. */
final class Events {

    private Events() {}

    static void add(DSLContext context, long entry, Kind kind, String words, Instant at) {
        context.insertInto(EVENTS)
                .set(EVENTS.ENTRY, entry)
                .set(EVENTS.AT, at)
                .set(EVENTS.KIND, kind.word())
                .set(EVENTS.WORDS, words)
                .execute();
    }

    /**
     * Returns the story of an entry, in order. That it was queued is told by its row: one insert less for each new entry.
     */
    static List<EntryEvent> of(DSLContext context, long entry) {
        List<EntryEvent> story = new ArrayList<>();
        context.select(QUEUE.CREATED_AT)
                .from(QUEUE)
                .where(QUEUE.ID.eq(entry))
                .fetchOptional(QUEUE.CREATED_AT)
                .ifPresent(at -> story.add(new EntryEvent(entry, at, Kind.QUEUED, "")));
        context.selectFrom(EVENTS)
                .where(EVENTS.ENTRY.eq(entry))
                .orderBy(EVENTS.ID)
                .forEach(row -> story.add(event(row)));
        return story;
    }

    /** Returns the number of the event that was added last, or 0. */
    static long last(DSLContext context) {
        Long last = context.select(max(EVENTS.ID)).from(EVENTS).fetchSingle().value1();
        return last == null ? 0 : last;
    }

    /**
     * Returns the first event of an entry that was added after another event of whatever entry.
     *
     * @param before what {@link #last} returned
     */
    static Optional<EntryEvent> after(DSLContext context, long entry, long before) {
        return context.selectFrom(EVENTS)
                .where(EVENTS.ENTRY.eq(entry))
                .and(EVENTS.ID.gt(before))
                .orderBy(EVENTS.ID)
                .limit(1)
                .fetchOptional()
                .map(Events::event);
    }

    private static EntryEvent event(EventsRecord row) {
        Kind kind = Kind.valueOf(row.getKind().toUpperCase(Locale.ROOT));
        return new EntryEvent(row.getEntry(), row.getAt(), kind, row.getWords());
    }
}
