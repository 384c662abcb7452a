package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.LAYERS;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.RESERVATION;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.RESERVED_LAYERS;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import io.github.ohhhllama.Extent;
import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.Layer;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Keeps the sizes of entries, and knows how many bytes all of them still need. */
final class Footprints {

    private Footprints() {}

    /**
     * Stores how big the model of an active entry is, instead of what was known before.
     *
     * @return how big it is, and how much of it is to be fetched
     */
    static Extent store(DSLContext context, QueueRecord row, Footprint footprint) {
        long size = footprint.size();
        long missing = Math.min(size, footprint.missingBytes());
        long fetched = stillFetched(row, footprint, missing);
        context.update(QUEUE)
                .set(QUEUE.SIZE, size)
                .set(QUEUE.MISSING, missing)
                .set(QUEUE.MANIFEST_DIGEST, footprint.manifest().digest())
                .set(QUEUE.FETCHED, fetched)
                .where(QUEUE.ID.eq(row.getId()))
                .execute();
        context.deleteFrom(LAYERS).where(LAYERS.ENTRY.eq(row.getId())).execute();
        for (Layer layer : footprint.missing()) {
            context.insertInto(LAYERS)
                    .set(LAYERS.ENTRY, row.getId())
                    .set(LAYERS.DIGEST, layer.digest())
                    .set(LAYERS.SIZE, layer.size())
                    .onConflictDoNothing()
                    .execute();
        }
        return new Extent(size, Math.max(0, missing - fetched));
    }

    /** Returns the digests of the layers that an entry lacked when it was looked at last. */
    static Set<String> lacking(DSLContext context, long entry) {
        return context.select(LAYERS.DIGEST)
                .from(LAYERS)
                .where(LAYERS.ENTRY.eq(entry))
                .fetchSet(LAYERS.DIGEST);
    }

    /** Takes layers that came with an entry off what other entries lack: they share them. */
    static void arrived(DSLContext context, long entry, Collection<String> digests) {
        Condition shared = LAYERS.ENTRY.ne(entry).and(LAYERS.DIGEST.in(digests));
        var others = context.select(LAYERS.ENTRY, sum(LAYERS.SIZE).cast(Long.class))
                .from(LAYERS)
                .where(shared)
                .groupBy(LAYERS.ENTRY)
                .fetch();
        context.deleteFrom(LAYERS).where(shared).execute();
        for (var other : others) {
            long came = other.value2();
            context.update(QUEUE)
                    .set(QUEUE.MISSING, greatest(QUEUE.MISSING.minus(came), inline(0L)))
                    .set(QUEUE.FETCHED, greatest(QUEUE.FETCHED.minus(came), inline(0L)))
                    .where(QUEUE.ID.eq(other.value1()))
                    .and(QUEUE.MISSING.isNotNull())
                    .execute();
        }
    }

    /** Returns the bytes of missing layers that no active entry lacks as well. */
    static long needed(DSLContext context, Footprint footprint) {
        List<String> digests = footprint.missing().stream().map(Layer::digest).toList();
        Set<String> reserved = context.select(RESERVED_LAYERS.DIGEST)
                .from(RESERVED_LAYERS)
                .where(RESERVED_LAYERS.DIGEST.in(digests))
                .fetchSet(RESERVED_LAYERS.DIGEST);
        return footprint.missing().stream()
                .filter(layer -> !reserved.contains(layer.digest()))
                .mapToLong(Layer::size)
                .sum();
    }

    /** Returns how many bytes the active entries still need, a layer that several share counted once. */
    static long reserved(DSLContext context) {
        long layers = context.select(RESERVATION.BYTES).from(RESERVATION).fetchSingle(RESERVATION.BYTES);
        long fetched = context
                .select(QUEUE.FETCHED, QUEUE.MISSING)
                .from(QUEUE)
                .where(QUEUE.FETCHED.gt(inline(0L)))
                .and(Entries.ACTIVE)
                .and(QUEUE.MISSING.isNotNull())
                .stream()
                .mapToLong(row -> Math.min(row.value1(), row.value2()))
                .sum();
        return Math.max(0, layers - fetched);
    }

    /** A layer that has come meanwhile is not missing any more, so it must not count as fetched besides. */
    private static long stillFetched(QueueRecord row, Footprint footprint, long missing) {
        if (row.getMissing() == null) {
            return row.getFetched();
        }
        if (!footprint.manifest().digest().equals(row.getManifestDigest())) {
            return 0;
        }
        return Math.max(0, row.getFetched() - Math.max(0, row.getMissing() - missing));
    }
}
