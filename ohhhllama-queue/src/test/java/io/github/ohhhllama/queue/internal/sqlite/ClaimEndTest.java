package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryEvent.Kind;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Shortage;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at how claims end before the model is there, at permits, and at entries that do not fit on the disk. */
final class ClaimEndTest {

    private static final long RUN = 7;

    private final SettableClock clock = SettableClock.at("2026-11-23T03:00:00Z");
    private final List<Long> asked = new ArrayList<>();

    @TempDir
    private Path directory;

    private Path file;
    private Database database;
    private ClaimStore claims;
    private QueueStore store;
    private long room;

    @BeforeEach
    void open() throws SQLException {
        file = directory.resolve("queue.db");
        database = Database.open(file, clock);
        claims = new ClaimStore(database, clock, "here", Duration.ofSeconds(15));
        store = new QueueStore(database, clock, clock::instant);
        Sqlite.run(
                file,
                "insert into queue (model, size, missing) values ('big', 200, 100), ('small', 20, 10), ('unsized', null, null)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void pausedEntryKeepsWhatItHasAndIsNotCharged() {
        Claim claim = claims.claimNext(RUN).orElseThrow();
        assertThat(claims.pause(claim, "window closed", 60)).isTrue();

        Claim again = claims.claimNext(RUN).orElseThrow();
        assertThat(again.id()).isEqualTo(1);
        assertThat(again.attempts()).isZero();
        assertThat(again.fetched()).isEqualTo(60);
        assertThat(again.extent()).isEqualTo(new Extent(200, 40));
        assertThat(story(1)).containsExactly("queued ", "started ", "paused window closed", "started ");
        assertThat(claims.pause(claim, "late", 0)).isTrue();
        assertThat(claims.pause(claim, "later", 0)).isFalse();
    }

    @Test
    void whoWritesAnotherModelIntoTheRowEndsTheDownloadOfTheOldOne() throws SQLException {
        Claim claim = claims.claimNext(RUN).orElseThrow();
        Sqlite.run(file, "update queue set model = 'other' where id = 1");

        assertThat(claims.renew(claim, null, 0)).isFalse();
        assertThat(claims.complete(claim, Set.of())).isFalse();
        assertThat(claims.claimNext(RUN).orElseThrow().request().model()).isEqualTo(ModelName.parse("other"));
    }

    @Test
    void stalledEntryLetsOthersPassAndIsNotCharged() throws SQLException {
        Instant later = clock.instant().plusSeconds(60);
        claims.stall(claims.claimNext(RUN).orElseThrow(), "2 KB/s", later);

        assertThat(claims.claimNext(RUN)).map(Claim::id).contains(2L);
        assertThat(store.find(1).orElseThrow().attempts().made()).isZero();
        assertThat(store.find(1).orElseThrow().attempts().nextAt()).isEqualTo(later);
        assertThat(Sqlite.ask(file, "select stalls from queue where id = 1")).containsExactly("1");
        assertThat(story(1)).endsWith("stalled 2 KB/s");
    }

    @Test
    void entryThatDoesNotFitIsParkedOnceAndTheNextIsTried() {
        room = 50;
        assertThat(claims.claimNext(RUN, this::fits)).map(Claim::id).contains(2L);
        assertThat(asked).containsExactly(100L, 10L);
        claims.release(current(2));
        room = 5;
        assertThat(claims.claimNext(RUN, this::fits)).map(Claim::id).contains(3L);
        assertThat(new FootprintStore(database).parked()).isEqualTo(Map.of(1L, 95L, 2L, 5L));
        claims.release(current(3));

        room = 100;
        assertThat(claims.claimNext(RUN, this::fits)).map(Claim::id).contains(1L);
        assertThat(new FootprintStore(database).parked()).isEqualTo(Map.of(2L, 5L));
        assertThat(story(1)).containsExactly("queued ", "parked 0.1 GB short", "started ");
    }

    @Test
    void downloadThatWouldFillTheDiskIsParked() {
        Claim claim = claims.claimNext(RUN).orElseThrow();
        assertThat(claims.park(claim, 12_400_000_000L)).isTrue();

        assertThat(story(1)).endsWith("parked 12.4 GB short");
        assertThat(claims.claimNext(RUN, this::fits)).map(Claim::id).contains(3L);
        assertThat(story(1)).endsWith("parked 12.4 GB short");
    }

    @Test
    void permitLeavesTheWindowAloneUntilTheEntryEnds() {
        assertThat(claims.claimPermitted(Fits.ALWAYS)).isEmpty();
        assertThat(store.permit(2)).map(Change::entry).map(QueueEntry::id).contains(2L);

        Claim claim = claims.claimPermitted(Fits.ALWAYS).orElseThrow();
        assertThat(claim.id()).isEqualTo(2);
        assertThat(claim.permit()).isTrue();
        assertThat(claim.nights()).isZero();
        claims.retry(claim, "network", clock.instant());
        claims.pause(claims.claimPermitted(Fits.ALWAYS).orElseThrow(), "paused by hand", 0);
        claims.complete(claims.claimPermitted(Fits.ALWAYS).orElseThrow(), Set.of());

        assertThat(claims.claimPermitted(Fits.ALWAYS)).isEmpty();
        assertThat(store.permit(2)).isEmpty();
    }

    @Test
    void permitEndsWhenTheEntryIsLeftToAnotherRun() {
        store.permit(2);
        claims.defer(claims.claimPermitted(Fits.ALWAYS).orElseThrow(), "network", RUN, null);
        assertThat(claims.claimPermitted(Fits.ALWAYS)).isEmpty();
    }

    @Test
    void permittedEntryThatDoesNotFitIsParked() {
        store.permit(1);
        assertThat(claims.claimPermitted(this::fits)).isEmpty();
        assertThat(story(1)).endsWith("permitted ", "parked 0.1 GB short");
    }

    @Test
    void pauseOfAClockThatWasAheadIsOver() throws SQLException {
        Sqlite.run(file, "update queue set retry_at = '2027-11-23T03:00:00.000Z'");
        assertThat(claims.claimNext(RUN)).map(Claim::id).contains(1L);
    }

    @Test
    void chanceBeginsItsNightsAnew() {
        claims.pause(claims.claimNext(1).orElseThrow(), "window closed", 0);
        claims.fail(claims.claimNext(2).orElseThrow(), "not complete after 2 nights");
        store.retry(1);

        assertThat(claims.claimNext(2)).map(Claim::nights).contains(1);
    }

    @Test
    void nightsAreCountedByRuns() {
        for (long run : new long[] {1, 1, 2}) {
            claims.pause(claims.claimNext(run).orElseThrow(), "window closed", 0);
        }
        assertThat(claims.claimNext(3)).map(Claim::nights).contains(3);
    }

    @Test
    void everyEndIsAPartOfTheStory() {
        claims.retry(claims.claimNext(RUN).orElseThrow(), "network", clock.instant());
        claims.defer(claims.claimNext(RUN).orElseThrow(), "network again", RUN, null);
        claims.fail(claims.claimNext(RUN + 1).orElseThrow(), "unknown model");
        claims.claimNext(RUN);
        clock.advance(Duration.ofMinutes(1));
        claims.complete(claims.claimNext(RUN).orElseThrow(), Set.of());

        assertThat(story(1))
                .containsExactly(
                        "queued ",
                        "started ",
                        "retried network",
                        "started ",
                        "retried network again",
                        "started ",
                        "failed unknown model");
        assertThat(story(2)).containsExactly("queued ", "started ", "paused the lease ended", "started ", "completed ");
    }

    @Test
    void failedEntryGetsAnotherChanceUnlessItsModelIsQueuedAgain() throws SQLException {
        claims.fail(claims.claimNext(RUN).orElseThrow(), "no");
        assertThat(store.retry(1)).map(Change::entry).map(QueueEntry::state).contains(EntryState.PENDING);
        assertThat(store.events(1)).last().extracting(EntryEvent::kind).isEqualTo(Kind.RETRIED);

        claims.fail(claims.claimNext(RUN).orElseThrow(), "no");
        Sqlite.run(file, "insert into queue (model) values ('big')");
        assertThat(store.retry(1)).isEmpty();
        claims.complete(claims.claimNext(RUN).orElseThrow(), Set.of());
        assertThat(store.retry(2)).isEmpty();
    }

    @Test
    void pausingEntryIsTriedAtOnceWhenItIsAskedFor() {
        claims.retry(
                claims.claimNext(RUN).orElseThrow(), "network", clock.instant().plusSeconds(60));
        assertThat(store.retry(1))
                .map(Change::entry)
                .flatMap(entry -> Optional.ofNullable(entry.attempts().nextAt()))
                .isEmpty();
        claims.defer(claims.claimNext(RUN).orElseThrow(), "network", RUN, null);
        store.retry(1);

        assertThat(claims.claimNext(RUN)).map(Claim::attempts).contains(2);
    }

    private Optional<Shortage> fits(long stillNeeded) {
        asked.add(stillNeeded);
        return stillNeeded <= room ? Optional.empty() : Optional.of(new Shortage(stillNeeded, 0, 0, room));
    }

    /** Returns a claim of this process, as far as its end is concerned. */
    private Claim current(long id) {
        return new Claim(id, store.find(id).orElseThrow().request(), "here", 0, 0, 0, null, false, Set.of());
    }

    private List<String> story(long id) {
        return store.events(id).stream()
                .map(event -> event.kind().word() + " " + event.words())
                .toList();
    }
}
