package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.Layer;
import io.github.ohhhllama.Manifest;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.Shortage;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FootprintStoreTest {

    private static final Requester ANN = Requester.named("ann");
    private static final Layer BIG = new Layer("sha256:big", 100);
    private static final Layer SHARED = new Layer("sha256:shared", 10);
    private static final Layer HERE = new Layer("sha256:here", 1);

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");
    private final List<String> asked = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path file;
    private Database database;
    private QueueStore store;
    private FootprintStore footprints;
    private ClaimStore claims;
    private SqliteRateLimiter limiter;

    @BeforeEach
    void open() {
        file = directory.resolve("queue.db");
        database = Database.open(file, clock);
        store = new QueueStore(database, clock, clock::instant);
        footprints = new FootprintStore(database);
        claims = new ClaimStore(database, clock, "here", Duration.ofSeconds(10));
        limiter = new SqliteRateLimiter(database, 5, clock, ZoneOffset.UTC);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void sharedLayersAreCountedOnce() {
        enqueue("one", of("1", BIG, SHARED));
        enqueue("two", of("2", new Layer("sha256:other", 50), SHARED));
        enqueue("three", of("3", SHARED));

        assertThat(asked).containsExactly("110 0", "50 110", "0 160");
        assertThat(footprints.reserved()).isEqualTo(160);
        assertThat(store.find(1).flatMap(QueueEntry::size)).contains(new Extent(111, 110));
        store.remove(1L);
        assertThat(footprints.reserved()).isEqualTo(60);
        claims.fail(claims.claimNext(1).orElseThrow(), "no");
        assertThat(footprints.reserved()).isEqualTo(10);
        store.remove(3L);
        assertThat(footprints.reserved()).isZero();
    }

    @Test
    void whatCameWithOneModelIsMissingNowhereElse() {
        enqueue("one", of("1", BIG, SHARED));
        enqueue("two", of("2", new Layer("sha256:other", 50), SHARED));
        claims.complete(claims.claimNext(1).orElseThrow(), Set.of(SHARED.digest()));

        assertThat(store.find(2).flatMap(QueueEntry::size)).contains(new Extent(61, 50));
        assertThat(footprints.reserved()).isEqualTo(50);
        assertThat(claims.claimNext(1).orElseThrow().lacking()).containsExactly("sha256:other");
    }

    @Test
    void whatIsFetchedIsNeitherMissingNorReserved() {
        enqueue("one", of("1", BIG, SHARED));
        Claim claim = claims.claimNext(1).orElseThrow();
        assertThat(claim.extent()).isEqualTo(new Extent(111, 110));
        claims.renew(claim, null, 30);
        claims.pause(claim, "window closed", 40);

        assertThat(footprints.reserved()).isEqualTo(70);
        assertThat(store.find(1).flatMap(QueueEntry::size)).contains(new Extent(111, 70));
        assertThat(claims.claimNext(1)).map(Claim::fetched).contains(40L);

        footprints.set(1, new Footprint(new Manifest("1", List.of(BIG, SHARED, HERE)), List.of(BIG)));
        assertThat(store.find(1).flatMap(QueueEntry::size)).contains(new Extent(111, 70));
        assertThat(footprints.reserved()).isEqualTo(70);
        footprints.set(1, of("another version", BIG));
        assertThat(store.find(1).flatMap(QueueEntry::size)).contains(new Extent(101, 100));
    }

    @Test
    void modelWithoutRoomIsNeitherStoredNorCharged() {
        Shortage shortage = new Shortage(100, 0, 50, 120);

        EnqueueResult result = store.enqueue(
                PullRequest.of(ModelName.parse("one"), ANN),
                of("1", BIG),
                limiter,
                (needed, reserved) -> Optional.of(shortage));

        assertThat(result).isEqualTo(new EnqueueResult.NoRoom(shortage, limiter.peek(ANN)));
        assertThat(limiter.peek(ANN).remaining()).isEqualTo(5);
        assertThat(store.find(1)).isEmpty();
        assertThat(footprints.reserved()).isZero();
    }

    @Test
    void entriesWithoutASizeAreListedInOrder() throws SQLException {
        enqueue("sized", of("1", BIG));
        store.enqueue(PullRequest.of(ModelName.parse("two"), ANN), limiter);
        Sqlite.run(file, "insert into queue (model, priority) values ('three', 'high'), ('no such:name:', 'high')");

        assertThat(footprints.unsized(10, 0)).extracting(Unsized::id).containsExactly(3L, 2L);
        assertThat(footprints.unsized(1, 0))
                .extracting(entry -> entry.request().model().spelling())
                .containsExactly("three");
        assertThat(footprints.set(2, of("2", BIG))).isTrue();
        assertThat(footprints.set(12345, of("2", BIG))).isFalse();
        assertThat(footprints.unsized(10, 0)).extracting(Unsized::id).containsExactly(3L);
    }

    @Test
    void entriesRemovedByHandReserveNothing() throws SQLException {
        enqueue("one", of("1", BIG));
        enqueue("two", of("2", BIG, SHARED));
        Sqlite.run(file, "delete from queue where id = 2");
        assertThat(footprints.reserved()).isEqualTo(100);
        Sqlite.run(file, "update queue set status = 'failed'");
        assertThat(footprints.reserved()).isZero();
    }

    @Test
    void retriedModelIsAskedForItsSizeAnew() {
        enqueue("one", of("1", BIG));
        claims.fail(claims.claimNext(1).orElseThrow(), "no");
        assertThat(store.find(1).flatMap(QueueEntry::size)).contains(new Extent(101, 100));

        assertThat(store.retry(1)).map(Change::entry).flatMap(QueueEntry::size).isEmpty();
        assertThat(footprints.unsized(1, 0)).hasSize(1);
    }

    private static Footprint of(String digest, Layer... missing) {
        List<Layer> layers = new ArrayList<>(List.of(missing));
        layers.add(HERE);
        return new Footprint(new Manifest(digest, layers), List.of(missing));
    }

    private void enqueue(String model, Footprint footprint) {
        store.enqueue(PullRequest.of(ModelName.parse(model), ANN), footprint, limiter, (needed, reserved) -> {
            asked.add(needed + " " + reserved);
            return Optional.empty();
        });
    }
}
