package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.QueueFile;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExaminationTest {

    private final Clock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("queue.db");
    }

    @Test
    void aFileThatIsNotThereIsNoTrouble() {
        assertThat(examine()).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void aWholeFileIsWholeWhetherItIsOpenOrNot() {
        try (Database database = Database.open(file, clock)) {
            insert(database, "mistral");
            assertThat(examine()).isTrue();
            insert(database, "phi3");
        }
        assertThat(examine()).isTrue();
        assertThat(directory).isDirectoryNotContaining("glob:**-{wal,shm}");
    }

    @Test
    void anIndexThatLacksARowIsDamage() throws SQLException {
        try (Database database = Database.open(file, clock)) {
            insert(database, "mistral");
        }
        spoilIndex(file);

        assertThatThrownBy(this::examine)
                .isInstanceOf(QueueStorageException.class)
                .hasMessageContaining("is damaged")
                .hasStackTraceContaining("integrity_check says: row 1 missing from index lame");
    }

    @Test
    void aFileThatNobodyClosedIsCheckedThoroughlyWhenItIsOpened() throws Exception {
        Database.open(file, clock).close();
        spoilIndex(file);
        Database.open(file, clock).close();
        Path crashed = Files.createDirectory(directory.resolve("crashed")).resolve("queue.db");
        try (Sqlite sqlite = new Sqlite(file)) {
            sqlite.run("insert into queue (model) values ('mistral')");
            Files.copy(file, crashed);
            Files.copy(directory.resolve("queue.db-wal"), crashed.resolveSibling("queue.db-wal"));
        }
        byte[] before = Files.readAllBytes(crashed);

        assertThatThrownBy(() -> Database.open(crashed, clock)).hasMessageContaining("is damaged");
        assertThat(crashed).hasBinaryContent(before);
    }

    @Test
    void otherFilesAreNamed() throws Exception {
        Files.writeString(file, "text, and enough of it to be looked at");
        assertThatThrownBy(this::examine).hasMessageContaining("not a SQLite database");

        Files.delete(file);
        Sqlite.run(file, "create table other (id integer)");
        assertThatThrownBy(this::examine).hasMessageContaining("another program");

        Sqlite.run(file, "pragma user_version = 99");
        assertThatThrownBy(this::examine).hasMessageContaining("newer version");
    }

    @Test
    void aDirectoryIsNoDatabase() throws IOException {
        Files.createDirectory(file);

        assertThatThrownBy(this::examine).hasMessageContaining("is a directory");
    }

    /** Changes a row of a table while its index is out of sight: only a full check finds that. */
    static void spoilIndex(Path file) throws SQLException {
        String root;
        try (Sqlite sqlite = new Sqlite(file)) {
            sqlite.run("create table spoilt (model text); create index lame on spoilt (model)");
            sqlite.run("insert into spoilt values ('a')");
            root = sqlite.ask("select rootpage from sqlite_schema where name = 'lame'")
                    .get(0);
            sqlite.run("pragma writable_schema = on");
            sqlite.run("delete from sqlite_schema where name = 'lame'");
        }
        try (Sqlite sqlite = new Sqlite(file)) {
            sqlite.run("update spoilt set model = 'b'");
            sqlite.run("pragma writable_schema = on");
            sqlite.run("insert into sqlite_schema values ('index', 'lame', 'spoilt', " + root
                    + ", 'create index lame on spoilt (model)')");
        }
    }

    private boolean examine() {
        return new QueueFile(file).examine();
    }

    private static void insert(Database database, String model) {
        database.write(
                context -> context.insertInto(QUEUE).set(QUEUE.MODEL, model).execute());
    }
}
