package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.Priority;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.Spot;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the order of the download, whoever wrote the rows. */
final class OrderTest {

    private static final long RUN = 1;

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private Database database;
    private QueueStore store;
    private ClaimStore claims;
    private RunStore runs;

    @BeforeEach
    void open() {
        file = directory.resolve("queue.db");
        database = Database.open(file, clock);
        store = new QueueStore(database, clock, clock::instant);
        claims = new ClaimStore(database, clock, "here", Duration.ofSeconds(10));
        runs = new RunStore(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void claimsFollowTheOrderThatIsShown() {
        queue("ann", Priority.NORMAL, "a1", "a2", "a3");
        queue("bob", Priority.NORMAL, "b1", "b2");
        queue("ann", Priority.LOW, "low");
        queue("bob", Priority.HIGH, "high");
        List<String> shown = order();

        assertThat(shown).containsExactly("high", "a1", "b1", "a2", "b2", "a3", "low");
        for (String model : shown) {
            Claim claim = claims.claimNext(RUN).orElseThrow();
            assertThat(claim.request().model().spelling()).isEqualTo(model);
            claims.complete(claim, Set.of());
        }
    }

    @Test
    void whoComesLaterStandsBesideTheTurnThatIsTaken() {
        queue("ann", Priority.NORMAL, "a1", "a2", "a3", "a4");
        claims.complete(claims.claimNext(RUN).orElseThrow(), Set.of());
        claims.complete(claims.claimNext(RUN).orElseThrow(), Set.of());
        claims.claimNext(RUN);

        queue("bob", Priority.NORMAL, "b1", "b2");

        assertThat(order()).containsExactly("a3", "a4", "b1", "b2");
    }

    @Test
    void rowsWrittenByHandTakeTheirTurns() throws SQLException {
        queue("ann", Priority.NORMAL, "a1", "a2");
        Sqlite.run(file, "insert into queue (model) values ('x1'), ('x2')");
        Sqlite.run(file, "insert into queue (model, priority, client) values ('h', 'high', 'ann')");
        assertThat(order()).containsExactly("h", "a1", "x1", "a2", "x2");

        Sqlite.run(file, "update queue set priority = 'low' where model = 'a1'");
        Sqlite.run(file, "update queue set priority = 'high' where model = 'x2'");
        Sqlite.run(file, "update queue set turn = null where model = 'x1'");

        assertThat(order()).containsExactly("x2", "h", "a2", "x1", "a1");
        assertThat(store.find(1)).map(entry -> entry.request().priority()).contains(Priority.LOW);
    }

    @Test
    void positionsAreThoseOfTheListing() throws SQLException {
        Sqlite.run(
                file,
                "insert into queue (model, client, priority) with recursive n(i) as (select 1 union all select i + 1 from n where i < 700) select 'm' || i, 'c' || (i % 7), case i % 3 when 0 then 'low' when 1 then 'normal' else 'high' end from n");
        claims.claimNext(RUN);

        for (QueueEntry listed : store.snapshot(new Page(1000, 0)).queue()) {
            assertThat(store.find(listed.id())).contains(listed);
        }
    }

    @Test
    void whoHasWaitedForThreeDaysRisesWhenARunStarts() {
        queue("ann", Priority.LOW, "l1", "l2");
        queue("bob", Priority.LOW, "l3");
        clock.advance(Duration.ofDays(2));
        queue("cid", Priority.NORMAL, "n1", "n2");
        start();
        assertThat(order()).containsExactly("n1", "n2", "l1", "l3", "l2");

        clock.advance(Duration.ofDays(1));
        start();
        assertThat(order()).containsExactly("l1", "l3", "n1", "l2", "n2");
        assertThat(store.find(1)).map(entry -> entry.request().priority()).contains(Priority.LOW);

        queue("dan", Priority.HIGH, "high");
        start();
        assertThat(order()).startsWith("high", "l1");
        clock.advance(Duration.ofDays(3));
        start();
        assertThat(order()).startsWith("l1", "l3", "n1", "high");
    }

    @Test
    void nobodyRisesWhereNobodyStandsBeforeThem() throws SQLException {
        queue("ann", Priority.NORMAL, "one", "two");
        clock.advance(Duration.ofDays(4));
        start();

        assertThat(Sqlite.ask(file, "select distinct risen from queue")).containsExactly("0");
    }

    @Test
    void movedEntryStaysFirstWhenItsDownloadIsPaused() {
        queue("ann", Priority.HIGH, "one", "two");
        store.move(2, new Spot.First());
        claims.pause(claims.claimNext(RUN).orElseThrow(), "window closed", 7);

        assertThat(order()).containsExactly("two", "one");
        assertThat(store.find(1).flatMap(QueueEntry::standing).map(Place::position))
                .contains(2);
    }

    @Test
    void downloadingEntryIsNotMoved() {
        queue("ann", Priority.NORMAL, "one", "two");
        claims.claimNext(RUN);

        assertThat(store.move(1, new Spot.First())).isEmpty();
        assertThat(store.move(2, new Spot.Before(1))).isEmpty();
        assertThat(store.move(2, new Spot.First())
                        .map(Change::entry)
                        .flatMap(QueueEntry::standing)
                        .map(Place::position))
                .contains(2);
    }

    @Test
    void rowsOfTheFirstVersionKeepTheirOrderByTurns() throws SQLException {
        Path old = directory.resolve("old.db");
        Sqlite.run(old, Schema.resource("V001__pull_queue.sql"));
        Sqlite.run(
                old,
                "insert into queue (model, client, refresh, status, error) values ('a1', 'ann', 0, 'pending', null), ('a2', 'ann', 0, 'pending', null), ('r', 'x', 1, 'pending', null), ('b1', 'bob', 0, 'pending', null), ('gone', 'bob', 0, 'failed', 'no')");
        Sqlite.run(old, "pragma user_version = 1");

        try (Database migrated = Database.open(old, clock)) {
            QueueStore store = new QueueStore(migrated, clock, clock::instant);
            assertThat(store.snapshot(Page.FIRST).queue())
                    .extracting(entry -> entry.model().spelling())
                    .containsExactly("a1", "b1", "a2", "r");
            assertThat(store.events(5))
                    .extracting(event -> event.kind().word() + event.words())
                    .containsExactly("queued", "failedno");
        }
    }

    private void start() {
        runs.finishRun(runs.startRun(Run.Cause.SCHEDULE, null).orElseThrow());
    }

    private void queue(String requester, Priority priority, String... models) {
        SqliteRateLimiter none = new SqliteRateLimiter(database, 0, clock, ZoneOffset.UTC);
        for (String model : models) {
            store.enqueue(
                    new PullRequest(ModelName.parse(model), Requester.named(requester), false, false, priority), none);
        }
    }

    private List<String> order() {
        return store.snapshot(Page.FIRST).queue().stream()
                .map(entry -> entry.model().spelling())
                .toList();
    }
}
