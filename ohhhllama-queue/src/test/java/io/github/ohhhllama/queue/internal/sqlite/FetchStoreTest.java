package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.Fetch.Outcome;
import io.github.ohhhllama.History;
import io.github.ohhhllama.History.By;
import io.github.ohhhllama.History.Tally;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at what is kept of the past, and forgotten. */
final class FetchStoreTest {

    private static final Instant NIGHT = Instant.parse("2026-11-23T22:30:00Z");

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Database database;
    private FetchStore fetches;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("queue.db"), clock);
        fetches = new FetchStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void fetchComesBackAsItWas() {
        Fetch fetch = fetch("HF.co/Some/Model:Q4", "ann", NIGHT, 7, Outcome.STALLED);
        fetches.add(fetch, 3L);
        fetches.add(fetch("two", "ann", NIGHT, 7, Outcome.FAILED), 4L);
        fetches.add(fetch("three", "ann", NIGHT, 7, Outcome.FAILED), null);

        assertThat(fetches.of(3)).containsExactly(fetch);
        assertThat(fetches.of(5)).isEmpty();
    }

    @Test
    void historyAddsUpByDayModelAndRequester() {
        fetches.add(fetch("one", "ann", NIGHT, 5, Outcome.PAUSED), 1L);
        fetches.add(fetch("library/one", "bob", NIGHT.plusSeconds(3600), 10, Outcome.COMPLETED), 1L);
        fetches.add(fetch("two", "ann", NIGHT.plusSeconds(7200), 20, Outcome.FAILED), 1L);
        fetches.add(fetch("old", "ann", NIGHT.minusSeconds(7200), 1000, Outcome.COMPLETED), 1L);

        assertThat(history(By.DAY, ZoneOffset.UTC).tallies())
                .containsExactly(new Tally("2026-11-24", 1, 0, 1, 20), new Tally("2026-11-23", 2, 1, 0, 15));
        assertThat(history(By.DAY, ZoneId.of("Europe/Berlin")).tallies())
                .containsExactly(new Tally("2026-11-24", 2, 1, 1, 30), new Tally("2026-11-23", 1, 0, 0, 5));
        assertThat(history(By.MODEL, ZoneOffset.UTC).tallies())
                .containsExactly(new Tally("two:latest", 1, 0, 1, 20), new Tally("one:latest", 2, 1, 0, 15));
        assertThat(history(By.REQUESTER, ZoneOffset.UTC).tallies())
                .containsExactly(new Tally("ann", 2, 0, 1, 25), new Tally("bob", 1, 1, 0, 10));
        assertThat(history(By.DAY, ZoneOffset.UTC).fetches())
                .extracting(fetch -> fetch.model().model())
                .containsExactly("two", "one");
    }

    @Test
    void paceIsKeptByTheHour() {
        PaceStore pace = new PaceStore(database);
        pace.add(NIGHT, 100, 10);
        pace.add(NIGHT.plusSeconds(60), 200, 20);
        pace.add(NIGHT.plusSeconds(3600), 400, 40);

        assertThat(pace.since(NIGHT.plusSeconds(120)))
                .containsExactly(
                        new Pace(Instant.parse("2026-11-23T22:00:00Z"), 300, 30),
                        new Pace(Instant.parse("2026-11-23T23:00:00Z"), 400, 40));
        assertThat(pace.since(NIGHT.plusSeconds(7200))).isEmpty();
    }

    @Test
    void holdLastsUntilItIsLiftedOrItsTimeHasCome() {
        HoldStore holds = new HoldStore(database, clock);
        Instant since = clock.instant();
        assertThat(holds.lift(Hold.Cause.MANUAL)).isFalse();
        holds.set(Hold.Cause.MANUAL, null);
        clock.advance(Duration.ofSeconds(1));
        Instant until = clock.instant().plusSeconds(60);
        holds.set(Hold.Cause.MANUAL, until);

        assertThat(holds.find(Hold.Cause.MANUAL)).contains(new HoldStore.Standing(Hold.Cause.MANUAL, since, until));
        assertThat(holds.find(Hold.Cause.DISK)).isEmpty();
        clock.set(until);
        assertThat(holds.find(Hold.Cause.MANUAL)).isEmpty();
        assertThat(holds.lift(Hold.Cause.MANUAL)).isFalse();
        holds.set(Hold.Cause.MANUAL, null);
        assertThat(holds.lift(Hold.Cause.MANUAL)).isTrue();
        assertThat(holds.find(Hold.Cause.MANUAL)).isEmpty();
    }

    @Test
    void whatIsOldIsForgotten() throws SQLException {
        fetches.add(fetch("one", "ann", NIGHT, 5, Outcome.PAUSED), 1L);
        fetches.add(fetch("one", "ann", NIGHT.plusSeconds(3600), 5, Outcome.PAUSED), 1L);
        new PaceStore(database).add(NIGHT, 100, 10);
        Path file = directory.resolve("queue.db");
        Sqlite.run(
                file,
                "insert into queue (model, status, updated_at) values ('a', 'failed', '2026-11-23T12:00:00.000Z'), ('b', 'pending', '2026-11-23T12:00:00.000Z'), ('c', 'completed', '2026-11-24T12:00:00.000Z')");
        Sqlite.run(
                file,
                "insert into runs (cause, started_at, finished_at) values ('schedule', '2026-11-23T11:00:00.000Z', '2026-11-23T12:00:00.000Z'), ('schedule', '2026-11-23T12:00:00.000Z', null)");
        Sqlite.run(
                file,
                "insert into events (entry, at, kind) values (1, '2026-11-23T12:00:00.000Z', 'failed'), (3, '2026-11-23T12:00:00.000Z', 'completed')");

        assertThat(new Housekeeping(database).forget(NIGHT.plusSeconds(3000))).isEqualTo(4);

        assertThat(fetches.of(1)).hasSize(1);
        assertThat(Sqlite.ask(file, "select model from queue")).containsExactlyInAnyOrder("b", "c");
        assertThat(Sqlite.ask(file, "select entry from events")).containsExactly("3");
        assertThat(Sqlite.ask(file, "select id from runs")).containsExactly("2");
    }

    private History history(By by, ZoneId zone) {
        return fetches.history(new History.Query(NIGHT, by, 2), zone);
    }

    private static Fetch fetch(String model, String requester, Instant to, long bytes, Outcome outcome) {
        return new Fetch(
                1,
                ModelName.parse(model),
                new Requester(requester, requester + "/64"),
                to.minusSeconds(60),
                to,
                bytes,
                9,
                outcome,
                "why",
                NIGHT.minusSeconds(600));
    }
}
