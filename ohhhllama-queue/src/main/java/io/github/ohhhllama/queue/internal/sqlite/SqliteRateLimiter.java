package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.RATE_LIMITS;
import static org.jooq.impl.DSL.inline;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Requester;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.jooq.DSLContext;

/**
 * Allows a requester so many new models a day, by the calendar of one zone; the count is a row in the database, which may
 * be deleted by hand to start it anew.
 *
 * <p>Thread-safe. Within {@link Database#write} the charge is part of that transaction. Every method throws
 * {@link QueueStorageException} if the database cannot be used at the moment.
 */
public final class SqliteRateLimiter implements RateLimiter {

    private static final RenderedQuery USED = RenderedQuery.of(Connections.RENDERING
            .select(RATE_LIMITS.USED)
            .from(RATE_LIMITS)
            .where(RATE_LIMITS.DAY.eq(""))
            .and(RATE_LIMITS.CLIENT.eq("")));

    /** Day, client and limit; answers with what is used now, or with nothing if the limit was reached before. */
    private static final RenderedQuery CHARGE = RenderedQuery.returning(
            Connections.RENDERING
                    .insertInto(RATE_LIMITS)
                    .set(RATE_LIMITS.DAY, "")
                    .set(RATE_LIMITS.CLIENT, "")
                    .set(RATE_LIMITS.USED, inline(1L))
                    .onConflict(RATE_LIMITS.DAY, RATE_LIMITS.CLIENT)
                    .doUpdate()
                    .set(RATE_LIMITS.USED, RATE_LIMITS.USED.plus(inline(1L)))
                    .where(RATE_LIMITS.USED.lt(0L)),
            RATE_LIMITS.USED);

    private final Database database;
    private final int limit;
    private final Clock clock;
    private final ZoneId zone;

    /**
     * Creates the limiter.
     *
     * @param database where the counts are kept
     * @param limitPerDay how many new models a requester may queue a day, 0 for any number
     * @param clock tells which day it is
     * @param zone where that day is meant
     * @throws IllegalArgumentException if the limit is negative
     */
    public SqliteRateLimiter(Database database, int limitPerDay, Clock clock, ZoneId zone) {
        if (limitPerDay < 0) {
            throw new IllegalArgumentException("limitPerDay must be 0 or more, was " + limitPerDay);
        }
        this.database = database;
        this.limit = limitPerDay;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public RateDecision tryAcquire(Requester requester) {
        LocalDate today = today();
        if (limit == 0) {
            return new RateDecision(true, 0, 0, endOf(today));
        }
        return database.write(context -> {
            OptionalLong answer = CHARGE.number(context, today.toString(), requester.quotaKey(), limit);
            if (answer.isEmpty()) {
                return decision(false, used(context, requester, today), today);
            }
            long charged = answer.getAsLong();
            if (charged == 1) {
                forgetDaysBefore(context, today);
            }
            return decision(true, charged, today);
        });
    }

    @Override
    public RateDecision peek(Requester requester) {
        LocalDate today = today();
        if (limit == 0) {
            return new RateDecision(true, 0, 0, endOf(today));
        }
        long used = database.read(context -> used(context, requester, today));
        return decision(used < limit, used, today);
    }

    private static void forgetDaysBefore(DSLContext context, LocalDate day) {
        context.deleteFrom(RATE_LIMITS)
                .where(RATE_LIMITS.DAY.lt(day.toString()))
                .execute();
    }

    private static long used(DSLContext context, Requester requester, LocalDate day) {
        return USED.number(context, day.toString(), requester.quotaKey()).orElse(0);
    }

    private RateDecision decision(boolean allowed, long used, LocalDate day) {
        // Somebody may have written any number into the row by hand.
        int remaining = (int) Math.min(limit, Math.max(0, limit - used));
        return new RateDecision(allowed, limit, remaining, endOf(day));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    private Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
