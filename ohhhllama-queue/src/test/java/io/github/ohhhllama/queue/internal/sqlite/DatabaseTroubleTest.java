package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.QueueStorageException.Reason;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does to the file what happens to files, and looks whether the database says so and heals. */
final class DatabaseTroubleTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final byte[] GARBAGE = "not a database at all ".repeat(5000).getBytes(StandardCharsets.UTF_8);

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private Database database;

    @BeforeEach
    void open() {
        file = directory.resolve("queue.db");
        database = Database.open(file, clock, SHORT);
        insert("old");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void lockedFileIsUsedAgainWhenTheLockIsGone() throws SQLException {
        try (Sqlite other = new Sqlite(file)) {
            other.run("begin immediate");

            QueueStorageException refused = refused(() -> insert("new"));
            assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(refused).hasMessageContaining(file.toString()).hasMessageContaining("locked");
            assertThat(database.status().trouble()).contains(refused.getMessage());
            assertThat(models()).containsExactly("old");
        }
        insert("new");
        assertThat(models()).containsExactly("old", "new");
    }

    @Test
    void readOnlyFileIsUsedAgainWhenItMayBeWritten() {
        database.write(context -> context.execute("pragma query_only = 1"));

        QueueStorageException refused = refused(() -> insert("new"));

        assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("read-only");
        insert("new");
        assertThat(models()).containsExactly("old", "new");
        assertThat(database.status().trouble()).isEmpty();
    }

    @Test
    void fullDiskIsSaidAndForgottenWhenThereIsRoom() {
        database.write(context -> context.execute("pragma max_page_count = 30"));

        QueueStorageException refused = refused(() -> insert("x".repeat(200_000)));

        assertThat(refused.reason()).isEqualTo(Reason.FULL);
        assertThat(refused).hasMessageContaining(file.toString()).hasMessageContaining("full");
        database.write(context -> context.execute("pragma max_page_count = 1000000"));
        insert("new");
        assertThat(models()).containsExactly("old", "new");
    }

    @Test
    void deletedFileIsMadeAnew() throws IOException {
        Files.delete(file);

        assertThat(models()).isEmpty();
        insert("new");
        assertThat(models()).containsExactly("new");
        assertThat(onDisk()).containsExactly("new");
    }

    @Test
    void deletedDirectoryIsMadeAnew() throws IOException {
        Path elsewhere = directory.resolveSibling(directory.getFileName() + "-gone");
        Files.move(directory, elsewhere);

        insert("new");

        assertThat(onDisk()).containsExactly("new");
        for (String name : List.of("queue.db", "queue.db-wal", "queue.db-shm")) {
            Files.deleteIfExists(elsewhere.resolve(name));
        }
        Files.delete(elsewhere);
    }

    @Test
    void replacedFileIsReadAndNothingOfTheOldOneIsMixedIn() throws Exception {
        replaceBy("restored");

        assertThat(models()).containsExactly("restored");
        insert("new");
        assertThat(models()).containsExactly("restored", "new");
        assertThat(onDisk()).containsExactly("restored", "new");
        assertThat(Sqlite.ask(file, "pragma integrity_check")).containsExactly("ok");
    }

    @Test
    void fileReplacedUnderATransactionIsNotAcknowledged() {
        QueueStorageException refused = refused(() -> database.write(context -> {
            insert(context, "lost");
            replaceBy("restored");
            return true;
        }));

        assertThat(refused).hasMessageContaining("replaced");
        assertThat(models()).containsExactly("restored");
        insert("new");
        assertThat(onDisk()).containsExactly("restored", "new");
    }

    @Test
    void fileDeletedUnderATransactionIsNotAcknowledged() {
        QueueStorageException refused = refused(() -> database.write(context -> {
            insert(context, "lost");
            try {
                Files.delete(file);
            } catch (IOException unexpected) {
                throw new UncheckedIOException(unexpected);
            }
            return true;
        }));

        assertThat(refused).hasMessageContaining("replaced");
        insert("new");
        assertThat(onDisk()).containsExactly("new");
    }

    @Test
    void fileOverwrittenWithGarbageIsRefusedUntilItIsRestored() throws Exception {
        byte[] backup = backup();
        overwrite(GARBAGE);

        QueueStorageException refused = refused(() -> insert("lost"));
        assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refused).hasMessageContaining("damaged");
        refused(this::models);
        assertThat(database.status().trouble()).isPresent();

        overwrite(backup);
        clock.advance(Duration.ofSeconds(1));
        assertThat(database.status().trouble()).isEmpty();
        assertThat(models()).containsExactly("old");
        insert("new");
        assertThat(onDisk()).containsExactly("old", "new");
    }

    @Test
    void fileOverwrittenUnderATransactionIsNotAcknowledged() throws Exception {
        byte[] backup = backup();

        refused(() -> database.write(context -> {
            insert(context, "lost");
            overwrite(GARBAGE);
            return true;
        }));

        overwrite(backup);
        clock.advance(Duration.ofSeconds(1));
        insert("new");
        assertThat(onDisk()).startsWith("old").endsWith("new");
    }

    @Test
    void fileOverwrittenWithABackupIsReadAsItIs() throws Exception {
        byte[] backup = backup();
        insert("since");
        backup();
        overwrite(backup);

        insert("new");

        assertThat(models()).containsExactly("old", "new");
        assertThat(Sqlite.ask(file, "pragma integrity_check")).containsExactly("ok");
    }

    @Test
    void refusedFileIsTriedAgainOnceASecond() throws Exception {
        byte[] backup = backup();
        overwrite(GARBAGE);
        refused(() -> insert("lost"));
        overwrite(backup);

        refused(() -> insert("lost"));
        clock.advance(Duration.ofSeconds(1));
        insert("new");
    }

    @Test
    void garbageIsRefusedAtTheStartAndKept() throws IOException {
        Path garbage = directory.resolve("garbage.db");
        Files.write(garbage, GARBAGE);

        QueueStorageException refused = refused(() -> Database.open(garbage, clock));

        assertThat(refused).hasMessageContaining(garbage.toString()).hasMessageContaining("damaged");
        assertThat(garbage).hasBinaryContent(GARBAGE);
    }

    @Test
    void damageFurtherInIsRefusedAtTheStartAndKept() throws Exception {
        byte[] bytes = backup();
        for (int i = 4096 + 100; i < 4096 * 6; i++) {
            bytes[i] = (byte) 0x5a;
        }
        Path damaged = directory.resolve("damaged.db");
        Files.write(damaged, bytes);

        assertThat(refused(() -> Database.open(damaged, clock))).hasMessageContaining("damaged");
        assertThat(damaged).hasBinaryContent(bytes);
    }

    @Test
    void databaseOfANewerVersionIsRefused() throws Exception {
        Path newer = directory.resolve("newer.db");
        Sqlite.run(newer, "pragma user_version = 99");
        byte[] bytes = Files.readAllBytes(newer);

        assertThat(refused(() -> Database.open(newer, clock))).hasMessageContaining("newer version");
        assertThat(newer).hasBinaryContent(bytes);
    }

    @Test
    void databaseOfAnotherProgramIsRefused() throws Exception {
        Path foreign = directory.resolve("foreign.db");
        Sqlite.run(foreign, "create table queue (id integer primary key, url text)");
        byte[] bytes = Files.readAllBytes(foreign);

        assertThat(refused(() -> Database.open(foreign, clock))).hasMessageContaining("another program");
        assertThat(foreign).hasBinaryContent(bytes);
    }

    @Test
    void fileThatIsLockedAtTheStartIsUsedLater() throws Exception {
        Path locked = directory.resolve("locked.db");
        try (Sqlite other = new Sqlite(locked)) {
            other.run("begin exclusive");
            try (Database waiting = Database.open(locked, clock, SHORT)) {
                assertThat(waiting.status().trouble()).isPresent();
                other.run("rollback");
                clock.advance(Duration.ofSeconds(1));
                assertThat(waiting.status().trouble()).isEmpty();
            }
        }
    }

    @Test
    void directoryInPlaceOfTheFileIsSaid() {
        assertThat(refused(() -> Database.open(directory, clock)))
                .hasMessageContaining(directory + " is a directory, expected a file");
    }

    @Test
    void directoryThatCannotBeMadeIsSaid() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        Path impossible = directory.resolve("file/queue.db");

        assertThat(refused(() -> Database.open(impossible, clock))).hasMessageContaining(impossible.toString());
    }

    private void insert(String model) {
        database.write(context -> insert(context, model));
    }

    private static int insert(DSLContext context, String model) {
        return context.insertInto(QUEUE).set(QUEUE.MODEL, model).execute();
    }

    private List<String> models() {
        return database.read(
                context -> context.selectFrom(QUEUE).orderBy(QUEUE.ID).fetch(QUEUE.MODEL));
    }

    private List<String> onDisk() {
        database.close();
        try {
            return Sqlite.ask(file, "select model from queue order by id");
        } catch (SQLException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    /** Returns the bytes of the file with everything in it. */
    private byte[] backup() throws SQLException, IOException {
        Sqlite.run(file, "pragma wal_checkpoint(truncate)");
        return Files.readAllBytes(file);
    }

    private void replaceBy(String model) {
        Path other = directory.resolve("other.db");
        try (Database replacement = Database.open(other, clock)) {
            replacement.write(context -> insert(context, model));
        }
        try {
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /** Writes into the file as {@code cp} does, which keeps the file and changes what is in it. */
    private void overwrite(byte[] bytes) {
        try {
            FileTime before = Files.getLastModifiedTime(file);
            Files.write(file, bytes);
            // The clock of a file system may tick slower than a test.
            Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plusMillis(10)));
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static QueueStorageException refused(ThrowingCallable call) {
        return catchThrowableOfType(QueueStorageException.class, call);
    }
}
