package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.jooq.impl.DSL.row;

import io.github.ohhhllama.EntryEvent.Kind;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.Shortage;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.QueueRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Looks through the waiting entries in their order for one that fits on the disk, and parks those that do not. */
final class Candidates {

    private static final int AT_ONCE = 50;

    /** Whoever stands behind so many that do not fit waits until some of them do: the writer has more to do. */
    private static final int MOST = 1000;

    /** Nobody who asks for a pause gets more than a day. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(25);

    private static final double TENTH_OF_A_GB = 1e8;

    private final DSLContext context;
    private final Condition which;
    private final Fits fits;
    private final Instant now;

    Candidates(DSLContext context, Condition which, Fits fits, Instant now) {
        this.context = context;
        this.which = which;
        this.fits = fits;
        this.now = now;
    }

    /** Returns the first entry that fits, or null. */
    @Nullable QueueRecord next() {
        Condition further = which;
        for (int looked = 0; looked < MOST; looked += AT_ONCE) {
            List<QueueRecord> rows = some(further);
            for (QueueRecord candidate : rows) {
                if (isFit(candidate)) {
                    return candidate;
                }
            }
            if (rows.size() < AT_ONCE) {
                return null;
            }
            QueueRecord last = rows.get(rows.size() - 1);
            further = which.and(
                    row(QUEUE.RANK, QUEUE.TURN, QUEUE.ID).gt(row(last.getRank(), last.getTurn(), last.getId())));
        }
        return null;
    }

    private List<QueueRecord> some(Condition condition) {
        return context.selectFrom(QUEUE)
                .where(Entries.PENDING)
                .and(condition)
                .and(isDue())
                .orderBy(QUEUE.RANK, QUEUE.TURN, QUEUE.ID)
                .limit(AT_ONCE)
                .fetch();
    }

    /** A pause that ends too far ahead was made before the clock was set back. */
    private Condition isDue() {
        return QUEUE.RETRY_AT.isNull().or(QUEUE.RETRY_AT.le(now)).or(QUEUE.RETRY_AT.gt(now.plus(LONGEST_PAUSE)));
    }

    private boolean isFit(QueueRecord candidate) {
        if (Entries.request(candidate) == null) {
            Entries.giveUp(context, candidate.getId(), now);
            return false;
        }
        Extent extent = Entries.extent(candidate);
        Optional<Shortage> shortage = extent == null ? Optional.empty() : fits.shortage(extent.missing());
        shortage.ifPresent(lacking -> park(context, candidate, lacking.missing(), now));
        return shortage.isEmpty();
    }

    /** Says that an entry waits for room, and once in its story, when it begins to. */
    static void park(DSLContext context, QueueRecord row, long shortBytes, Instant now) {
        Long known = row.getShortBytes();
        if (known == null) {
            Events.add(context, row.getId(), Kind.PARKED, words(shortBytes), now);
        }
        if (known == null || known != shortBytes) {
            context.update(QUEUE)
                    .set(QUEUE.SHORT_BYTES, shortBytes)
                    .where(QUEUE.ID.eq(row.getId()))
                    .execute();
        }
    }

    static String words(long shortBytes) {
        return String.format(Locale.ROOT, "%.1f GB short", Math.ceil(shortBytes / TENTH_OF_A_GB) / 10);
    }
}
