package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.Database;
import io.github.ohhhllama.queue.internal.sqlite.FetchStore;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import io.github.ohhhllama.queue.internal.sqlite.RunStore;
import io.github.ohhhllama.queue.internal.sqlite.ScheduleMemory;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meets the starts of a schedule at three in the morning under odd circumstances. */
final class CronShiftsTest {

    private final SettableClock clock = SettableClock.at("2026-12-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Database database;
    private RunBook runs;
    private RunStore store;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("queue.db"), clock);
        store = new RunStore(database, clock);
        runs = new RunBook(
                store,
                new FetchStore(database),
                new Listeners(List.of(), new ChangeFeed(), id -> Optional.empty(), clock),
                clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void takesOverARunWithAnEndThatSomebodyBeganBeforeTheStart() {
        Shifts shifts = shifts(Schedule.parse("0 3 * * *", ZoneOffset.UTC));
        clock.set(Instant.parse("2026-12-24T02:50:00Z"));
        Run hand = store.startRun(Run.Cause.OPERATOR, Instant.parse("2026-12-24T03:10:00Z"))
                .orElseThrow();

        clock.set(Instant.parse("2026-12-24T03:00:00Z"));
        shifts.apply();
        clock.set(Instant.parse("2026-12-24T03:10:00Z"));
        shifts.apply();

        assertThat(runs.current()).contains(new Run(hand.id(), Run.Cause.SCHEDULE, hand.startedAt(), null));
    }

    @Test
    void leavesOutAStartInABlackOutAlsoWhenItWasMissed() {
        Shifts shifts = shifts(Schedule.parse("0 3 * * *", ZoneOffset.UTC).without("2026-12-24"));

        clock.set(Instant.parse("2026-12-25T00:30:00Z"));
        shifts.apply();
        assertThat(runs.current()).isEmpty();

        clock.set(Instant.parse("2026-12-25T03:00:00Z"));
        shifts.apply();
        assertThat(runs.current()).isPresent();
    }

    @Test
    void catchesUpAfterABlackOutWhatWasMissedBeforeIt() {
        Shifts shifts = shifts(Schedule.parse("0 3 * * *", ZoneOffset.UTC).without("2026-12-25"));

        clock.set(Instant.parse("2026-12-25T12:00:00Z"));
        shifts.apply();
        assertThat(runs.current()).isEmpty();

        clock.set(Instant.parse("2026-12-26T00:00:00Z"));
        shifts.apply();
        assertThat(runs.current()).isPresent();
    }

    @Test
    void doesNotCatchUpWhatABlackOutLeftOutThatIsForgotten() {
        Schedule schedule = Schedule.parse("0 3 * * *", ZoneOffset.UTC);
        Shifts shifts = shifts(schedule.without("2026-12-24..2026-12-26"));
        clock.set(Instant.parse("2026-12-24T03:00:00Z"));
        shifts.apply();

        clock.set(Instant.parse("2026-12-24T12:00:00Z"));
        schedule.shifts(runs, new ScheduleMemory(database, clock), clock).apply();

        assertThat(runs.current()).isEmpty();
    }

    @Test
    void losesNoStartWhenItsRunCannotBeWritten() throws SQLException {
        Shifts shifts = shifts(Schedule.parse("0 3 * * *", ZoneOffset.UTC));
        run("create trigger full before insert on runs begin select raise(fail, 'no'); end");
        clock.set(Instant.parse("2026-12-24T03:00:00Z"));
        assertThatThrownBy(shifts::apply).isInstanceOf(QueueStorageException.class);

        run("drop trigger full");
        clock.set(Instant.parse("2026-12-24T03:00:10Z"));
        shifts.apply();

        assertThat(runs.current()).isPresent();
    }

    @Test
    void looksForTheNextStartThatIsAllowed() {
        Schedule schedule = Schedule.parse("0 3 24 12 *", ZoneOffset.UTC).without("2026-12-24, 2027-12-24");

        assertThat(schedule.nextStart(clock.instant())).isEqualTo(Instant.parse("2028-12-24T03:00:00Z"));
    }

    private Shifts shifts(Schedule schedule) {
        Shifts shifts = schedule.shifts(runs, new ScheduleMemory(database, clock), clock);
        shifts.apply();
        return shifts;
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("queue.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
