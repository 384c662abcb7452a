package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.FETCHES;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.Fetch.Outcome;
import io.github.ohhhllama.History;
import io.github.ohhhllama.History.Tally;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.internal.sqlite.generated.tables.records.FetchesRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the account of what was downloaded: one row an attempt, which outlives its entry.
 *
 * <p>Thread-safe. Every method throws {@link QueueStorageException} if the database cannot be used at the moment.
 */
public final class FetchStore {

    private static final Field<Long> ATTEMPTS = count().coerce(Long.class);
    private static final Field<Long> COMPLETED = with(Outcome.COMPLETED);
    private static final Field<Long> FAILED = with(Outcome.FAILED);
    private static final Field<Long> BYTES = sum(FETCHES.BYTES).coerce(Long.class);

    private final Database database;

    /**
     * Creates the store.
     *
     * @param database where the account is kept
     */
    public FetchStore(Database database) {
        this.database = database;
    }

    /**
     * Adds an attempt.
     *
     * @param fetch what became of it
     * @param runId the run in which it was made, or null if it was made in none
     */
    public void add(Fetch fetch, @Nullable Long runId) {
        database.write(context -> context.insertInto(FETCHES)
                .set(FETCHES.ENTRY, fetch.entry())
                .set(FETCHES.MODEL, fetch.model().display())
                .set(FETCHES.REQUESTER, fetch.requester().name())
                .set(FETCHES.CLIENT, fetch.requester().quotaKey())
                .set(FETCHES.RUN, runId)
                .set(FETCHES.STARTED_AT, fetch.from())
                .set(FETCHES.ENDED_AT, fetch.to())
                .set(FETCHES.BYTES, fetch.bytes())
                .set(FETCHES.PEAK_RATE, fetch.peakRate())
                .set(FETCHES.OUTCOME, fetch.outcome().word())
                .set(FETCHES.WORDS, fetch.words())
                .set(FETCHES.WINDOW_OPENED_AT, fetch.windowOpened())
                .execute());
    }

    /**
     * Returns the attempts of a run, in order.
     *
     * @param runId the run
     */
    public List<Fetch> of(long runId) {
        return database.read(context -> context.selectFrom(FETCHES)
                .where(FETCHES.RUN.eq(runId))
                .orderBy(FETCHES.ID)
                .fetch(FetchStore::fetch));
    }

    /**
     * Shows what was downloaded.
     *
     * @param query which part of it
     * @param zone whose days are counted
     */
    public History history(History.Query query, ZoneId zone) {
        return database.read(context -> new History(
                newest(context, query),
                switch (query.by()) {
                    case DAY -> byDay(context, query.since(), zone);
                    case MODEL -> by(FETCHES.MODEL, context, query.since());
                    case REQUESTER -> by(FETCHES.REQUESTER, context, query.since());
                }));
    }

    private static List<Fetch> newest(DSLContext context, History.Query query) {
        return context.selectFrom(FETCHES)
                .where(FETCHES.ENDED_AT.ge(query.since()))
                .orderBy(FETCHES.ENDED_AT.desc(), FETCHES.ID.desc())
                .limit(query.limit())
                .fetch(FetchStore::fetch);
    }

    private static List<Tally> by(Field<String> key, DSLContext context, Instant since) {
        return context.select(key, ATTEMPTS, COMPLETED, FAILED, BYTES)
                .from(FETCHES)
                .where(FETCHES.ENDED_AT.ge(since))
                .groupBy(key)
                .orderBy(BYTES.desc(), key)
                .fetch(row -> new Tally(row.value1(), row.value2(), row.value3(), row.value4(), row.value5()));
    }

    /** SQLite knows no zones, so the days are told here. */
    private static List<Tally> byDay(DSLContext context, Instant since, ZoneId zone) {
        TreeMap<LocalDate, Tally> days = new TreeMap<>(Comparator.reverseOrder());
        context.select(FETCHES.ENDED_AT, FETCHES.OUTCOME, FETCHES.BYTES)
                .from(FETCHES)
                .where(FETCHES.ENDED_AT.ge(since))
                .forEach(row -> {
                    LocalDate day = LocalDate.ofInstant(row.value1(), zone);
                    Outcome outcome = outcome(row.value2());
                    Tally one = new Tally(
                            day.toString(),
                            1,
                            outcome == Outcome.COMPLETED ? 1 : 0,
                            outcome == Outcome.FAILED ? 1 : 0,
                            row.value3());
                    days.merge(day, one, FetchStore::sumOf);
                });
        return List.copyOf(days.values());
    }

    private static Tally sumOf(Tally one, Tally other) {
        return new Tally(
                one.key(),
                one.attempts() + other.attempts(),
                one.completed() + other.completed(),
                one.failed() + other.failed(),
                one.bytes() + other.bytes());
    }

    private static Field<Long> with(Outcome outcome) {
        return count(when(FETCHES.OUTCOME.eq(inline(outcome.word())), 1)).coerce(Long.class);
    }

    private static Fetch fetch(FetchesRecord row) {
        return new Fetch(
                row.getEntry(),
                ModelName.parse(row.getModel()),
                new Requester(row.getRequester(), row.getClient()),
                row.getStartedAt(),
                row.getEndedAt(),
                row.getBytes(),
                row.getPeakRate(),
                outcome(row.getOutcome()),
                row.getWords(),
                row.getWindowOpenedAt());
    }

    private static Outcome outcome(String word) {
        return Outcome.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
