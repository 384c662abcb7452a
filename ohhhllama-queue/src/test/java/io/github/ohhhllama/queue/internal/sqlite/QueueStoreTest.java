package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.testing.SettableClock;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueueStoreTest {

    private static final Instant NEXT_START = Instant.parse("2026-11-24T03:00:00Z");
    private static final Requester ALICE = Requester.named("192.0.2.1");

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00.123456Z");

    @TempDir
    private Path directory;

    private Path file;
    private Database database;
    private QueueStore store;
    private SqliteRateLimiter limiter;

    @BeforeEach
    void open() {
        file = directory.resolve("queue.db");
        database = Database.open(file, clock);
        store = new QueueStore(database, clock, () -> NEXT_START);
        limiter = new SqliteRateLimiter(database, 5, clock, ZoneOffset.UTC);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void newModelIsQueuedAndCharged() throws Exception {
        Requester requester = Requester.at(InetAddress.getByName("2001:db8::1"));
        PullRequest request = new PullRequest(ModelName.parse("Llama2:70B"), requester, true, false);

        EnqueueResult result = store.enqueue(request, limiter);

        QueueEntry entry = ((EnqueueResult.Queued) result).entry();
        Instant now = Instant.parse("2026-11-23T12:00:00.123Z");
        assertThat(entry)
                .isEqualTo(new QueueEntry(
                        1, request, EntryState.PENDING, now, now, Attempts.NONE, new Place(1, NEXT_START), null));
        assertThat(entry.model().spelling()).isEqualTo("Llama2:70B");
        assertThat(result.rate().remaining()).isEqualTo(4);
        assertThat(store.find(1)).contains(entry);
        assertThat(store.findActive(ModelName.parse("library/llama2:70b"))).contains(entry);
    }

    @Test
    void anotherSpellingIsAlreadyQueuedAndCostsNothing() {
        QueueEntry first = queue("llama2");

        EnqueueResult again = store.enqueue(PullRequest.of(ModelName.parse("Library/LLAMA2:latest"), ALICE), limiter);

        assertThat(again).isEqualTo(new EnqueueResult.AlreadyQueued(first, limiter.peek(ALICE)));
        assertThat(again.rate().remaining()).isEqualTo(4);
    }

    @Test
    void refreshCostsNothingAndStandsForTheModel() {
        PullRequest refresh = new PullRequest(ModelName.parse("llama2"), ALICE, false, true);

        assertThat(store.enqueue(refresh, limiter)).isInstanceOf(EnqueueResult.Queued.class);
        assertThat(store.enqueue(PullRequest.of(refresh.model(), ALICE), limiter))
                .isInstanceOf(EnqueueResult.AlreadyQueued.class);
        assertThat(limiter.peek(ALICE).remaining()).isEqualTo(5);
    }

    @Test
    void refreshBecomesAWishForTheModelWhenItIsAskedForAnew() {
        PullRequest refresh = new PullRequest(ModelName.parse("llama2"), ALICE, false, true);
        store.enqueue(refresh, limiter);
        store.enqueue(refresh, limiter);
        assertThat(store.findActive(refresh.model()).orElseThrow().request().refresh())
                .isTrue();

        store.enqueue(PullRequest.of(refresh.model(), ALICE), limiter);

        assertThat(store.findActive(refresh.model()).orElseThrow().request().refresh())
                .isFalse();
    }

    @Test
    void registryThatIsSaidToBeInsecureLaterIsInsecure() {
        PullRequest secure = PullRequest.of(ModelName.parse("registry.example.com:5000/a/b"), ALICE);
        store.enqueue(secure, limiter);

        store.enqueue(new PullRequest(secure.model(), ALICE, true, false), limiter);

        assertThat(store.findActive(secure.model()).orElseThrow().request().insecure())
                .isTrue();
    }

    @Test
    void positionsAreCountedFromEitherEnd() {
        SqliteRateLimiter none = new SqliteRateLimiter(database, 0, clock, ZoneOffset.UTC);
        for (int i = 1; i <= 20; i++) {
            store.enqueue(PullRequest.of(ModelName.parse("model-" + i), ALICE), none);
        }
        store.remove(ModelName.parse("model-3"));
        store.remove(ModelName.parse("model-18"));

        for (QueueEntry listed : store.snapshot(Page.FIRST).queue()) {
            assertThat(store.find(listed.id())).contains(listed);
        }
        assertThat(store.findActive(ModelName.parse("model-20"))
                        .flatMap(QueueEntry::standing)
                        .map(Place::position))
                .contains(18);
    }

    @Test
    void refusedModelIsNotStored() {
        for (int i = 0; i < 5; i++) {
            queue("model-" + i);
        }

        EnqueueResult sixth = store.enqueue(PullRequest.of(ModelName.parse("model-6"), ALICE), limiter);

        assertThat(sixth).isInstanceOf(EnqueueResult.RateLimited.class);
        assertThat(sixth.rate().resetsAt()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
        assertThat(store.snapshot(Page.FIRST).counts()).isEqualTo(new QueueCounts(5, 0, 0, 0));
    }

    @Test
    void endedModelMayBeQueuedAgainUnderANewNumber() throws SQLException {
        queue("llama2");
        Sqlite.run(file, "update queue set status = 'completed'");

        assertThat(queue("llama2").id()).isEqualTo(2);
    }

    @Test
    void numberIsNeverUsedTwice() {
        store.remove(queue("llama2").id());

        assertThat(queue("llama2").id()).isEqualTo(2);
    }

    @Test
    void snapshotShowsDownloadingFirstThenPendingByNumberAndWhatEndedLast() throws SQLException {
        for (String model : List.of("a", "b", "c", "d", "e")) {
            enqueue(model, Requester.named(model));
        }
        Sqlite.run(file, "update queue set status = 'downloading', lease_owner = 'x' where model = 'c'");
        Sqlite.run(
                file,
                "update queue set status = 'failed', error = 'no', updated_at = '2026-11-24T00:00:00.000Z' where model = 'a'");
        Sqlite.run(
                file,
                "update queue set status = 'completed', updated_at = '2026-11-25T00:00:00.000Z' where model = 'd'");

        QueueSnapshot snapshot = store.snapshot(Page.FIRST);

        assertThat(snapshot.counts()).isEqualTo(new QueueCounts(2, 1, 1, 1));
        assertThat(snapshot.queue()).extracting(entry -> entry.model().model()).containsExactly("c", "b", "e");
        assertThat(snapshot.queue()).extracting(QueueStoreTest::position).containsExactly(1, 2, 3);
        assertThat(snapshot.recent()).extracting(entry -> entry.model().model()).containsExactly("d", "a");
        assertThat(snapshot.recent().get(1).attempts().lastError()).contains("no");
        assertThat(snapshot.recent().get(1).standing()).isEmpty();
        for (QueueEntry entry : snapshot.queue()) {
            assertThat(store.find(entry.id())).contains(entry);
        }
    }

    @Test
    void pagesContinueThePositions() {
        for (int i = 0; i < 10; i++) {
            enqueue("model-" + i, Requester.named("client-" + i));
        }

        QueueSnapshot page = store.snapshot(new Page(3, 4));

        assertThat(page.queue()).extracting(QueueEntry::id).containsExactly(5L, 6L, 7L);
        assertThat(page.queue()).extracting(QueueStoreTest::position).containsExactly(5, 6, 7);
        assertThat(store.snapshot(new Page(3, 10)).queue()).isEmpty();
    }

    @Test
    void runningQueueShowsItsStartInsteadOfTheNextOne() {
        new RunStore(database, clock).startRun(Run.Cause.OPERATOR, null);
        clock.advance(Duration.ofMinutes(1));

        QueueEntry entry = queue("llama2");

        Place expected = new Place(1, Instant.parse("2026-11-23T12:00:00.123Z"));
        assertThat(entry.standing()).contains(expected);
        assertThat(store.find(1).orElseThrow().standing()).contains(expected);
        assertThat(store.snapshot(Page.FIRST).queue().get(0).standing()).contains(expected);
    }

    @Test
    void removalReturnsTheEntryAsItWas() throws SQLException {
        QueueEntry first = queue("first");
        queue("second");
        Sqlite.run(file, "update queue set status = 'completed' where id = 2");

        assertThat(store.remove(ModelName.parse("second"))).isEmpty();
        assertThat(store.remove(2L)).map(QueueEntry::state).contains(EntryState.COMPLETED);
        assertThat(store.remove(ModelName.parse("FIRST"))).contains(first);
        assertThat(store.remove(1L)).isEmpty();
        assertThat(store.snapshot(Page.FIRST))
                .isEqualTo(new QueueSnapshot(new QueueCounts(0, 0, 0, 0), List.of(), List.of()));
    }

    @Test
    void rowsWrittenByHandAreEntries() throws SQLException {
        Sqlite.run(
                file,
                "insert into queue (model, requester_ip, status) values ('HF.co/Foo/Bar', '127.0.0.1', 'pending'), ('x', '', 'pending')");

        assertThat(store.findActive(ModelName.parse("hf.co/foo/bar:latest")))
                .map(QueueEntry::request)
                .contains(PullRequest.of(ModelName.parse("HF.co/Foo/Bar"), Requester.named("127.0.0.1")));
        assertThat(store.find(2)).map(entry -> entry.request().requester()).contains(Requester.named("unknown"));
        assertThat(store.snapshot(Page.FIRST).counts().pending()).isEqualTo(2);
    }

    @Test
    void modelCorrectedByHandIsFoundUnderItsNewName() throws SQLException {
        queue("lama2");
        Sqlite.run(file, "update queue set model = 'llama2:7b'");

        assertThat(store.findActive(ModelName.parse("lama2"))).isEmpty();
        assertThat(store.findActive(ModelName.parse("llama2:7b"))).isPresent();
    }

    @Test
    void rowWithoutAModelNameIsMarkedFailedAndLeftOut() throws SQLException {
        queue("llama2");
        Sqlite.run(file, "insert into queue (model) values ('no such:name:at all')");

        QueueSnapshot snapshot = store.snapshot(Page.FIRST);

        assertThat(snapshot.counts()).isEqualTo(new QueueCounts(1, 0, 0, 1));
        assertThat(snapshot.queue()).hasSize(1);
        assertThat(snapshot.recent()).isEmpty();
        assertThat(Sqlite.ask(file, "select error from queue where status = 'failed'"))
                .containsExactly("invalid model name");
        assertThat(store.find(2)).isEmpty();
    }

    @Test
    void progressNoNumberCouldBeIsShownAsNone() throws SQLException {
        queue("llama2");
        Sqlite.run(file, "update queue set progress_status = 'pulling', progress_total = -1");

        assertThat(store.find(1)
                        .orElseThrow()
                        .downloaded()
                        .orElseThrow()
                        .progress()
                        .total())
                .isZero();
    }

    @Test
    void oneModelAskedForByManyAtOnceIsOneEntry() throws Exception {
        List<EnqueueResult> results =
                atOnce(16, thread -> () -> enqueue("llama2", Requester.named("client-" + thread)));

        assertThat(results).filteredOn(EnqueueResult.Queued.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(EnqueueResult.AlreadyQueued.class::isInstance)
                .hasSize(15);
        assertThat(Sqlite.ask(file, "select sum(used) from rate_limits")).containsExactly("1");
    }

    @Test
    void remembersHowTheRegistryOfAModelWasSpokenTo() {
        store.enqueue(new PullRequest(ModelName.parse("plain"), ALICE, true, false), limiter);
        store.enqueue(new PullRequest(ModelName.parse("safe"), ALICE, false, false), limiter);

        assertThat(store.wasInsecure(ModelName.parse("plain:latest"))).isTrue();
        assertThat(store.wasInsecure(ModelName.parse("safe"))).isFalse();
        assertThat(store.wasInsecure(ModelName.parse("unheard"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "x:LOCAL, registry.ollama.ai/library/x:latest",
        "x:8b:local, registry.ollama.ai/library/x:8b",
        "x:8b-local, registry.ollama.ai/library/x:8b-local",
        "hf.co/a/b, hf.co/a/b:latest",
        "' http://h:5/n/M:T ', h:5/n/m:t"
    })
    void rowsByHandAreTheModelsThatOllamaWouldPull(String model, String key) throws SQLException {
        Sqlite.run(file, "insert into queue (model) values ('" + model + "')");

        assertThat(Sqlite.ask(file, "select model_key from queue")).containsExactly(key);
        assertThat(ModelName.parse(model).key()).isEqualTo(key);
    }

    @Test
    void manyModelsAtOnceAreAllThere() throws Exception {
        atOnce(16, thread -> () -> {
            for (int i = 0; i < 20; i++) {
                enqueue("model-" + thread + "-" + i, Requester.named("client-" + thread + "-" + i));
            }
            return true;
        });

        assertThat(store.snapshot(Page.FIRST).counts().pending()).isEqualTo(320);
        assertThat(Sqlite.ask(file, "select count(distinct model_key) from queue"))
                .containsExactly("320");
    }

    private QueueEntry queue(String model) {
        return ((EnqueueResult.Queued) enqueue(model, ALICE)).entry();
    }

    private EnqueueResult enqueue(String model, Requester requester) {
        return store.enqueue(PullRequest.of(ModelName.parse(model), requester), limiter);
    }

    private static int position(QueueEntry entry) {
        return Optional.ofNullable(entry.place()).orElseThrow().position();
    }

    private static <T> List<T> atOnce(int threads, IntFunction<Callable<T>> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                calls.add(work.apply(thread));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdown();
        }
    }
}
