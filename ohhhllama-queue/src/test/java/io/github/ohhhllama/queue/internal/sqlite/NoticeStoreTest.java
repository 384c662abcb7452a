package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NoticeStoreTest {

    private static final long RUN = 1;
    private static final String ALL = "failed,night,ready";
    private static final Set<String> BOTH = Set.of("a", "b");

    private final SettableClock clock = SettableClock.at("2026-11-23T03:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private Database database;
    private ClaimStore claims;
    private NoticeStore notices;

    @BeforeEach
    void open() throws SQLException {
        file = directory.resolve("queue.db");
        database = Database.open(file, clock);
        claims = new ClaimStore(database, clock, "here", Duration.ofSeconds(15));
        notices = new NoticeStore(database, clock, Duration.ofSeconds(30));
        Sqlite.run(
                file,
                "insert into queue (model, client, size, missing) values ('big', 'ada', 200, 100), ('small', '', 20, 10)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsReadyIsWrittenDownForEveryoneWhoIsTold() {
        notices.setTargets(Map.of("a", ALL, "b", "night,ready", "c", "failed"));
        claims.complete(claims.claimNext(RUN).orElseThrow(), Set.of());

        Notice first = notices.claim(Set.of("a")).orElseThrow();
        Notice second = notices.claim(Set.of("b")).orElseThrow();

        assertThat(first.event())
                .isEqualTo(new Notice.Event("ready", 1, "big", "ada", "", 200, null, clock.instant()))
                .isEqualTo(second.event());
        assertThat(first.token()).matches("[0-9a-f]{32}").isNotEqualTo(second.token());
        assertThat(notices.claim(Set.of("c"))).isEmpty();
    }

    @Test
    void whatIsGivenUpIsWrittenDownWithTheReasonAndARetryIsNot() {
        notices.setTargets(Map.of("a", ALL));
        Claim claim = claims.claimNext(RUN).orElseThrow();
        claims.retry(claim, "line broke", clock.instant());
        assertThat(notices.claim(BOTH)).isEmpty();

        claims.fail(claims.claimNext(RUN).orElseThrow(), "no such model");

        assertThat(notices.claim(BOTH).orElseThrow().event().words()).isEqualTo("no such model");
    }

    @Test
    void aNightIsWrittenDownIfAnythingWasTried() throws SQLException {
        notices.setTargets(Map.of("a", ALL));
        RunStore runs = new RunStore(database, clock);
        Run empty = runs.startRun(Run.Cause.SCHEDULE, null).orElseThrow();
        clock.advance(Duration.ofHours(1));
        runs.finishRun(empty);
        assertThat(notices.claim(BOTH)).isEmpty();

        Run run = runs.startRun(Run.Cause.SCHEDULE, null).orElseThrow();
        Sqlite.run(
                file,
                "insert into fetches (entry, model, requester, client, run, started_at, ended_at, bytes, peak_rate, outcome,"
                        + " words) values (1, 'big', 'ada', 'ada', " + run.id()
                        + ", '2026-11-23T04:00:00.000Z', '2026-11-23T04:30:00.000Z', 9, 1, 'failed', 'x')");
        clock.advance(Duration.ofHours(1));
        runs.finishRun(run);
        runs.finishRun(run);

        Notice.Event night = notices.claim(BOTH).orElseThrow().event();
        assertThat(night.kind()).isEqualTo("night");
        assertThat(night.subject()).isEqualTo(run.id());
        assertThat(night.began()).isEqualTo(run.startedAt());
        assertThat(night.at()).isEqualTo(clock.instant());
        assertThat(notices.claim(BOTH)).isEmpty();
    }

    @Test
    void nobodyIsToldOfWhatHappenedWhenNobodyWasToBeTold() {
        claims.complete(claims.claimNext(RUN).orElseThrow(), Set.of());
        notices.setTargets(Map.of("a", ALL));
        notices.setTargets(Map.of("a", ALL));

        assertThat(notices.claim(BOTH)).isEmpty();
    }

    @Test
    void aClaimIsALease() {
        twoAreReadyFor("a");
        Notice first = notices.claim(BOTH).orElseThrow();
        assertThat(notices.claim(BOTH)).as("the second waits for the first").isEmpty();

        clock.advance(Duration.ofSeconds(30));
        Notice again = notices.claim(BOTH).orElseThrow();

        assertThat(again.token()).isEqualTo(first.token());
        assertThat(again.attempts()).isEqualTo(2);
        notices.told(again);
        assertThat(notices.claim(BOTH).orElseThrow().event().model()).isEqualTo("small");
    }

    @Test
    void oneWhoDoesNotAnswerHoldsNobodyElseUp() {
        twoAreReadyFor("a", "b");
        Notice first = notices.claim(BOTH).orElseThrow();
        notices.putOff(first, clock.instant().plusSeconds(600));

        Notice other = notices.claim(BOTH).orElseThrow();
        notices.told(other);
        Notice next = notices.claim(BOTH).orElseThrow();

        assertThat(List.of(other.target(), next.target())).doesNotContain(first.target());
        notices.told(next);
        assertThat(notices.claim(BOTH)).isEmpty();
        clock.advance(Duration.ofMinutes(10));
        assertThat(notices.claim(BOTH)).map(Notice::token).contains(first.token());
    }

    @Test
    void whatIsGivenUpIsCountedAndForgottenWithTheHistory() throws SQLException {
        twoAreReadyFor("a");
        assertThat(notices.giveUp(notices.claim(BOTH).orElseThrow())).isEqualTo(1);
        assertThat(notices.giveUp(notices.claim(BOTH).orElseThrow())).isEqualTo(2);
        assertThat(notices.claim(BOTH)).isEmpty();
        assertThat(Sqlite.ask(file, "select count(*) from notices where given_up_at is not null"))
                .containsExactly("2");

        new Housekeeping(database).forget(clock.instant().plusMillis(1));

        assertThat(Sqlite.ask(file, "select count(*) from notices")).containsExactly("0");
    }

    private void twoAreReadyFor(String... targets) {
        notices.setTargets(
                List.of(targets).stream().collect(java.util.stream.Collectors.toMap(one -> one, one -> ALL)));
        claims.complete(claims.claimNext(RUN).orElseThrow(), Set.of());
        claims.complete(claims.claimNext(RUN).orElseThrow(), Set.of());
    }
}
