package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Has two processes on one file: each its own database, store and owner. */
final class ClaimStoreTest {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final long RUN = 7;
    private static final Duration PAUSE = Duration.ofMinutes(30);

    private final SettableClock clock = SettableClock.at("2026-11-23T03:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private Database database;
    private Database otherDatabase;
    private ClaimStore claims;
    private ClaimStore otherClaims;
    private QueueStore store;

    @BeforeEach
    void open() throws SQLException {
        file = directory.resolve("queue.db");
        database = Database.open(file, clock);
        otherDatabase = Database.open(file, clock);
        claims = new ClaimStore(database, clock, "here", LEASE);
        otherClaims = new ClaimStore(otherDatabase, clock, "there", LEASE);
        store = new QueueStore(database, clock, clock::instant);
        Sqlite.run(file, "insert into queue (model) values ('first'), ('second'), ('third')");
    }

    @AfterEach
    void close() {
        database.close();
        otherDatabase.close();
    }

    @Test
    void oldestIsClaimedAndNothingBesideIt() {
        Claim claim = claims.claimNext(RUN).orElseThrow();

        assertThat(claim.request().model().spelling()).isEqualTo("first");
        assertThat(claim.owner()).isEqualTo("here");
        assertThat(claim.attempts()).isZero();
        assertThat(store.find(1)).map(QueueEntry::state).contains(EntryState.DOWNLOADING);
        assertThat(claims.claimNext(RUN)).isEmpty();
        assertThat(otherClaims.claimNext(RUN)).isEmpty();
        assertThat(otherClaims.isAnyDownloading()).isTrue();
    }

    @Test
    void livingLeaseIsNotStolen() {
        Claim claim = claims.claimNext(RUN).orElseThrow();
        for (int i = 0; i < 5; i++) {
            clock.advance(LEASE.minusSeconds(1));
            assertThat(claims.renew(claim, null, 0)).isTrue();
            assertThat(otherClaims.claimNext(RUN)).isEmpty();
        }
    }

    @Test
    void endedLeaseIsTakenOverFreeOfCharge() {
        Claim lost = claims.claimNext(RUN).orElseThrow();
        clock.advance(LEASE);
        assertThat(otherClaims.isAnyDownloading()).isFalse();

        Claim taken = otherClaims.claimNext(RUN).orElseThrow();

        assertThat(taken.id()).isEqualTo(lost.id());
        assertThat(taken.attempts()).isZero();
        assertThat(claims.renew(lost, null, 0)).isFalse();
        assertThat(claims.complete(lost, Set.of())).isFalse();
        assertThat(claims.fail(lost, "late")).isFalse();
        assertThat(store.find(1)).map(QueueEntry::state).contains(EntryState.DOWNLOADING);
    }

    @Test
    void leaseFromBeforeTheClockWasSetBackDoesNotLastForEver() {
        claims.claimNext(RUN);
        clock.advance(Duration.ofDays(-1));

        assertThat(otherClaims.claimNext(RUN)).map(Claim::id).contains(1L);
    }

    @Test
    void downloadingRowWrittenByHandGoesBackToItsPlace() throws SQLException {
        Sqlite.run(file, "update queue set status = 'downloading' where id = 2");

        assertThat(claims.claimNext(RUN)).map(Claim::id).contains(1L);
        assertThat(store.find(2)).map(QueueEntry::state).contains(EntryState.PENDING);
    }

    @Test
    void removedEntryIsNotRenewed() {
        Claim claim = claims.claimNext(RUN).orElseThrow();
        store.remove(claim.id());

        assertThat(claims.renew(claim, null, 0)).isFalse();
        assertThat(claims.complete(claim, Set.of())).isFalse();
        assertThat(claims.claimNext(RUN)).map(Claim::id).contains(2L);
    }

    @Test
    void progressIsShown() {
        Claim claim = claims.claimNext(RUN).orElseThrow();
        Download download = new Download(new PullProgress("pulling abc", "sha256:abc", 40_000_000_000L, 7), 1000);
        clock.advance(Duration.ofSeconds(1));

        assertThat(claims.renew(claim, download, 0)).isTrue();

        QueueEntry entry = store.find(1).orElseThrow();
        assertThat(entry.downloaded()).contains(download);
        assertThat(entry.updatedAt()).isEqualTo(clock.instant());
    }

    @Test
    void rateIsShownWhileTheLeaseLives() {
        Download download = new Download(new PullProgress("pulling abc", "sha256:abc", 100, 7), 1000);
        claims.renew(claims.claimNext(RUN).orElseThrow(), download, 0);
        clock.advance(LEASE.minusMillis(1));
        assertThat(shownDownloads()).containsExactly(download, download);

        clock.advance(Duration.ofMillis(1));

        Download resting = new Download(download.progress(), 0);
        assertThat(shownDownloads()).containsExactly(resting, resting);
        otherClaims.claimNext(RUN);
        assertThat(shownDownloads()).containsExactly(resting, resting);
    }

    @Test
    void rateOfAReleasedEntryIsNotShown() {
        Claim claim = claims.claimNext(RUN).orElseThrow();
        claims.renew(claim, new Download(new PullProgress("pulling abc", "sha256:abc", 100, 7), 1000), 0);
        claims.release(claim);

        assertThat(shownDownloads()).extracting(Download::bytesPerSecond).containsExactly(0L, 0L);
    }

    @Test
    void completedEntryIsDone() {
        assertThat(claims.complete(claims.claimNext(RUN).orElseThrow(), Set.of()))
                .isTrue();

        assertThat(store.find(1)).map(QueueEntry::state).contains(EntryState.COMPLETED);
        assertThat(claims.claimNext(RUN)).map(Claim::id).contains(2L);
    }

    @Test
    void failedEntrySaysWhy() {
        assertThat(claims.fail(claims.claimNext(RUN).orElseThrow(), "unknown model"))
                .isTrue();

        QueueEntry entry = store.find(1).orElseThrow();
        assertThat(entry.state()).isEqualTo(EntryState.FAILED);
        assertThat(entry.attempts()).isEqualTo(new Attempts(1, null, "unknown model"));
    }

    @Test
    void retriedEntryLetsOthersPassUntilItsTime() {
        Instant later = clock.instant().plusSeconds(60);
        claims.retry(claims.claimNext(RUN).orElseThrow(), "network", later);

        assertThat(claims.nextRetry(RUN)).contains(later);
        Claim second = claims.claimNext(RUN).orElseThrow();
        assertThat(second.id()).isEqualTo(2);
        claims.complete(second, Set.of());
        clock.set(later);
        Claim again = claims.claimNext(RUN).orElseThrow();
        assertThat(again.id()).isEqualTo(1);
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(claims.nextRetry(RUN)).isEmpty();
    }

    @Test
    void deferredEntryWaitsForAnotherRun() throws SQLException {
        Sqlite.run(file, "delete from queue where id > 1");
        assertThat(claims.defer(claims.claimNext(RUN).orElseThrow(), "stalled", RUN, null))
                .isTrue();

        assertThat(claims.claimNext(RUN)).isEmpty();
        assertThat(claims.hasWork(RUN, PAUSE)).isFalse();
        assertThat(claims.hasWork(RUN + 1, PAUSE)).isTrue();
        assertThat(claims.claimNext(RUN + 1)).map(Claim::attempts).contains(1);
    }

    @Test
    void deferredEntryWaitsForAsLongAsItIsAskedToInOtherRunsAsWell() throws SQLException {
        Sqlite.run(file, "delete from queue where id > 1");
        Instant asked = clock.instant().plus(Duration.ofHours(2));
        claims.defer(claims.claimNext(RUN).orElseThrow(), "overloaded", RUN, asked);

        assertThat(claims.claimNext(RUN + 1)).isEmpty();
        assertThat(claims.hasWork(RUN + 1, PAUSE)).isFalse();

        clock.set(asked.minus(Duration.ofMinutes(10)));
        assertThat(claims.hasWork(RUN + 1, PAUSE)).isTrue();
        clock.set(asked);
        assertThat(claims.claimNext(RUN + 1)).map(Claim::id).contains(1L);
    }

    @Test
    void releasedEntryIsAsBefore() {
        QueueEntry before = store.find(1).orElseThrow();
        assertThat(claims.release(claims.claimNext(RUN).orElseThrow())).isTrue();

        QueueEntry after = store.find(1).orElseThrow();
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.attempts()).isEqualTo(before.attempts());
        assertThat(after.place()).isEqualTo(before.place());
        assertThat(claims.claimNext(RUN)).map(Claim::id).contains(1L);
    }

    @Test
    void runHasWorkWhileSomethingPausesOrIsInSomebodysHands() throws SQLException {
        Sqlite.run(file, "delete from queue where id > 1");
        Claim claim = claims.claimNext(RUN).orElseThrow();
        assertThat(otherClaims.hasWork(RUN, PAUSE)).isTrue();
        claims.retry(claim, "network", clock.instant().plusSeconds(60));
        assertThat(claims.hasWork(RUN, PAUSE)).isTrue();
        clock.advance(Duration.ofSeconds(60));
        claims.complete(claims.claimNext(RUN).orElseThrow(), Set.of());
        assertThat(claims.hasWork(RUN, PAUSE)).isFalse();
    }

    @Test
    void rowWithoutAModelNameIsMarkedFailedAndPassedOver() throws SQLException {
        Sqlite.run(file, "update queue set model = '/' where id = 1");

        assertThat(claims.claimNext(RUN)).map(Claim::id).contains(2L);
        assertThat(Sqlite.ask(file, "select status || ': ' || error from queue where id = 1"))
                .containsExactly("failed: invalid model name");
    }

    /** Returns how far the first entry is, looked up by its number and in the listing. */
    private List<Download> shownDownloads() {
        return Stream.of(
                        store.find(1).orElseThrow(),
                        store.snapshot(Page.FIRST).queue().get(0))
                .flatMap(entry -> entry.downloaded().stream())
                .toList();
    }
}
