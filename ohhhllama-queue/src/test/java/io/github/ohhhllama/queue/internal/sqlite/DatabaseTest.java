package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private Database database;

    @BeforeEach
    void open() {
        file = directory.resolve("state/ohhhllama/queue.db");
        database = Database.open(file, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void missingDirectoryIsMadeForThisUserAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(database.status().trouble()).isEmpty();
        assertThat(database.status().location()).isEqualTo(file.toString());
    }

    @Test
    void whatIsAcknowledgedIsSeenByOthers() throws SQLException {
        database.write(context -> insert(context, "a"));

        assertThat(models()).containsExactly("a");
        assertThat(Sqlite.ask(file, "pragma journal_mode")).containsExactly("wal");
    }

    @Test
    void workWithinWorkIsOneTransaction() throws SQLException {
        assertThatThrownBy(() -> database.write(context -> {
                    insert(context, "outer");
                    database.write(inner -> insert(inner, "inner"));
                    assertThat(database.<Integer>read(inner -> inner.fetchCount(QUEUE)))
                            .isEqualTo(2);
                    throw new IllegalStateException("changed my mind");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("changed my mind");

        assertThat(models()).isEmpty();
    }

    @Test
    void workThatFailsDoesNotDisturbOthersInTheSameCommit() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(12);
        try {
            Future<Integer> first = callers.submit(() -> database.write(context -> {
                running.countDown();
                awaitUninterruptibly(goOn);
                return insert(context, "first");
            }));
            running.await();
            List<Future<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String model = i % 2 == 0 ? "good-" + i : "bad-" + i;
                others.add(callers.submit(() -> database.write(context -> insertUnlessBad(context, model))));
            }
            goOn.countDown();

            assertThat(first.get()).isEqualTo(1);
            for (int i = 0; i < 10; i++) {
                Future<Integer> other = others.get(i);
                if (i % 2 == 0) {
                    assertThat(other.get()).isEqualTo(1);
                } else {
                    assertThatThrownBy(other::get).hasRootCauseMessage("bad");
                }
            }
        } finally {
            callers.shutdown();
        }
        assertThat(models()).containsExactlyInAnyOrder("first", "good-0", "good-2", "good-4", "good-6", "good-8");
    }

    @Test
    void readersCannotWrite() throws SQLException {
        assertThatThrownBy(() -> database.read(context -> insert(context, "a")))
                .isInstanceOf(QueueStorageException.class);
        assertThat(models()).isEmpty();
        assertThat(database.status().trouble()).isEmpty();
    }

    @Test
    void aQuestionThatFailsDoesNotDisturbTheNext() {
        database.write(context -> insert(context, "a"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> database.read(context -> {
                        context.fetchCount(QUEUE);
                        throw new IllegalStateException("changed my mind");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> database.read(context -> insert(context, "b")))
                    .isInstanceOf(QueueStorageException.class);
        }

        assertThat(database.<Integer>read(context -> context.fetchCount(QUEUE))).isEqualTo(1);
        database.write(context -> insert(context, "b"));
        assertThat(database.<Integer>read(context -> context.fetchCount(QUEUE))).isEqualTo(2);
    }

    @Test
    void closedDatabaseSaysSo() {
        database.close();

        assertThatThrownBy(() -> database.write(context -> 1))
                .isInstanceOf(QueueStorageException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> database.read(context -> 1)).isInstanceOf(QueueStorageException.class);
        assertThat(database.status().trouble()).isPresent();
    }

    @Test
    void closedDatabaseIsOneFile() {
        database.write(context -> insert(context, "a"));
        database.close();

        assertThat(directory.resolve("state/ohhhllama").toFile().list()).containsExactly("queue.db");
    }

    private List<String> models() throws SQLException {
        return Sqlite.ask(file, "select model from queue");
    }

    private static int insertUnlessBad(DSLContext context, String model) {
        int rows = insert(context, model);
        if (model.startsWith("bad")) {
            throw new IllegalArgumentException("bad");
        }
        return rows;
    }

    private static int insert(DSLContext context, String model) {
        return context.insertInto(QUEUE).set(QUEUE.MODEL, model).execute();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
