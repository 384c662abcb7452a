package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.NOTICES;
import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.NOTICE_TARGETS;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.NoticesRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * Keeps what is to be told to whom. What happens is written down by triggers, for the targets that are known then.
 *
 * <p>Each target is told in order: what it did not take yet holds up what happened later. Several processes may tell at the
 * same time; a claim is a lease. Thread-safe. Every method throws {@link QueueStorageException} if the database cannot be
 * used at the moment.
 */
public final class NoticeStore {

    /** What is to be told later than this was put off before the clock was set back. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(2);

    private static final Condition WAITING = NOTICES.GIVEN_UP_AT.isNull();

    private final Database database;
    private final Clock clock;
    private final Duration lease;

    /**
     * Creates the store.
     *
     * @param database where notices are kept
     * @param clock tells what is due
     * @param lease how long a claim holds when the process that has it dies
     */
    public NoticeStore(Database database, Clock clock, Duration lease) {
        this.database = database;
        this.clock = clock;
        this.lease = lease;
    }

    /**
     * Sets who is told from now on.
     *
     * @param kinds what each target is told of, the kinds separated by commas
     */
    public void setTargets(Map<String, String> kinds) {
        if (database.read(NoticeStore::targets).equals(kinds)) {
            return;
        }
        database.write(context -> {
            int rows = context.deleteFrom(NOTICE_TARGETS).execute();
            for (Map.Entry<String, String> target : kinds.entrySet()) {
                rows += context.insertInto(NOTICE_TARGETS)
                        .set(NOTICE_TARGETS.TARGET, target.getKey())
                        .set(NOTICE_TARGETS.KINDS, target.getValue())
                        .execute();
            }
            return rows;
        });
    }

    /**
     * Takes what is to be told next; nobody else gets it for the time of a lease.
     *
     * @param targets who can be told
     */
    public Optional<Notice> claim(Collection<String> targets) {
        Instant now = clock.instant();
        if (database.read(context -> due(context, targets, now)).isEmpty()) {
            return Optional.empty();
        }
        return database.write(context -> due(context, targets, now).map(row -> {
            context.update(NOTICES)
                    .set(NOTICES.ATTEMPTS, NOTICES.ATTEMPTS.plus(1))
                    .set(NOTICES.TRY_AT, now.plus(lease))
                    .where(NOTICES.ID.eq(row.getId()))
                    .execute();
            return notice(row);
        }));
    }

    /**
     * Forgets what was told.
     *
     * @param notice what {@link #claim} returned
     */
    public void told(Notice notice) {
        database.write(context ->
                context.deleteFrom(NOTICES).where(NOTICES.ID.eq(notice.id())).execute());
    }

    /**
     * Puts off what could not be told.
     *
     * @param notice what {@link #claim} returned
     * @param until when to try again
     */
    public void putOff(Notice notice, Instant until) {
        database.write(context -> context.update(NOTICES)
                .set(NOTICES.TRY_AT, until)
                .where(NOTICES.ID.eq(notice.id()))
                .execute());
    }

    /**
     * Tries something no more.
     *
     * @param notice what {@link #claim} returned
     * @return how many were given up so far and not yet forgotten
     */
    public int giveUp(Notice notice) {
        Instant now = clock.instant();
        return database.write(context -> {
            context.update(NOTICES)
                    .set(NOTICES.GIVEN_UP_AT, now)
                    .where(NOTICES.ID.eq(notice.id()))
                    .execute();
            return context.fetchCount(NOTICES, NOTICES.GIVEN_UP_AT.isNotNull());
        });
    }

    private static Map<String, String> targets(DSLContext context) {
        return context.selectFrom(NOTICE_TARGETS).fetchMap(NOTICE_TARGETS.TARGET, NOTICE_TARGETS.KINDS);
    }

    private static Optional<NoticesRecord> due(DSLContext context, Collection<String> targets, Instant now) {
        return context.selectFrom(NOTICES)
                .where(NOTICES.ID.in(select(min(NOTICES.ID))
                        .from(NOTICES)
                        .where(WAITING)
                        .and(NOTICES.TARGET.in(targets))
                        .groupBy(NOTICES.TARGET)))
                .and(NOTICES.TRY_AT.le(now).or(NOTICES.TRY_AT.gt(now.plus(LONGEST_PAUSE))))
                .orderBy(NOTICES.TRY_AT, NOTICES.ID)
                .limit(1)
                .fetchOptional();
    }

    private static Notice notice(NoticesRecord row) {
        return new Notice(
                row.getId(),
                row.getToken(),
                row.getTarget(),
                row.getAttempts().intValue() + 1,
                new Notice.Event(
                        row.getKind(),
                        row.getSubject(),
                        row.getModel(),
                        row.getRequester(),
                        row.getWords(),
                        row.getBytes(),
                        row.getBeganAt(),
                        row.getHappenedAt()));
    }
}
