package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqliteRateLimiterTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Requester ALICE = Requester.named("192.0.2.1");

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private Database database;

    @BeforeEach
    void open() {
        file = directory.resolve("queue.db");
        database = Database.open(file, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void countsDownThenRefusesUntilMidnight() {
        SqliteRateLimiter limiter = limiter(2);
        Instant midnight = Instant.parse("2026-11-23T23:00:00Z");

        assertThat(limiter.peek(ALICE)).isEqualTo(new RateDecision(true, 2, 2, midnight));
        assertThat(limiter.tryAcquire(ALICE)).isEqualTo(new RateDecision(true, 2, 1, midnight));
        assertThat(limiter.tryAcquire(ALICE)).isEqualTo(new RateDecision(true, 2, 0, midnight));
        assertThat(limiter.tryAcquire(ALICE)).isEqualTo(new RateDecision(false, 2, 0, midnight));
        assertThat(limiter.peek(ALICE)).isEqualTo(new RateDecision(false, 2, 0, midnight));
        assertThat(limiter.tryAcquire(Requester.named("192.0.2.2")).allowed()).isTrue();
    }

    @Test
    void newDayStartsAnewAndForgetsTheOld() throws SQLException {
        SqliteRateLimiter limiter = limiter(1);
        limiter.tryAcquire(ALICE);
        clock.set(Instant.parse("2026-11-23T23:00:00Z"));

        assertThat(limiter.tryAcquire(ALICE).allowed()).isTrue();
        assertThat(Sqlite.ask(file, "select day from rate_limits")).containsExactly("2026-11-24");
    }

    @Test
    void deletedRowsStartAnew() throws SQLException {
        SqliteRateLimiter limiter = limiter(1);
        limiter.tryAcquire(ALICE);
        Sqlite.run(file, "delete from rate_limits");

        assertThat(limiter.tryAcquire(ALICE).allowed()).isTrue();
    }

    @Test
    void numberWrittenByHandIsTakenAsItIs() throws SQLException {
        Sqlite.run(file, "insert into rate_limits values ('192.0.2.1', '2026-11-23', 99)");

        assertThat(limiter(3).tryAcquire(ALICE))
                .extracting(RateDecision::allowed, RateDecision::remaining)
                .containsExactly(false, 0);
    }

    @Test
    void zeroIsNoLimitAndNotCounted() throws SQLException {
        SqliteRateLimiter limiter = limiter(0);

        assertThat(limiter.tryAcquire(ALICE).allowed()).isTrue();
        assertThat(limiter.peek(ALICE).isUnlimited()).isTrue();
        assertThat(Sqlite.ask(file, "select * from rate_limits")).isEmpty();
    }

    @Test
    void negativeLimitIsRefused() {
        assertThatThrownBy(() -> limiter(-1)).hasMessageContaining("-1");
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,   2026-03-29T00:30:00Z, 2026-03-29T22:00:00Z",
        "Europe/Berlin,   2026-10-25T00:30:00Z, 2026-10-25T23:00:00Z",
        "America/Santiago, 2026-09-05T12:00:00Z, 2026-09-06T04:00:00Z",
    })
    void dayEndsWhereTheNextBeginsWhenClocksChange(ZoneId zone, Instant now, Instant end) {
        clock.set(now);

        assertThat(new SqliteRateLimiter(database, 1, clock, zone)
                        .tryAcquire(ALICE)
                        .resetsAt())
                .isEqualTo(end);
    }

    @Test
    void parallelCallsNeverExceedTheLimit() throws Exception {
        SqliteRateLimiter limiter = limiter(5);
        ExecutorService executor = Executors.newFixedThreadPool(16);
        try {
            Callable<Boolean> acquire = () -> limiter.tryAcquire(ALICE).allowed();
            int allowed = 0;
            for (Future<Boolean> answer : executor.invokeAll(Collections.nCopies(64, acquire))) {
                allowed += answer.get() ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(5);
        } finally {
            executor.shutdown();
        }
    }

    private SqliteRateLimiter limiter(int limit) {
        return new SqliteRateLimiter(database, limit, clock, BERLIN);
    }
}
