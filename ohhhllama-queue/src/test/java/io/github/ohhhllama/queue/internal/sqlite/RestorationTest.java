package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.queue.QueueFile;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestorationTest {

    private static final String KEPT = "queue.db.replaced-20261123T120000Z";

    private final Clock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private Path backup;

    @BeforeEach
    void backUp() throws IOException {
        file = directory.resolve("queue.db");
        backup = directory.resolve("backup.db");
        make(file, "old");
        new QueueFile(file).backUp(backup, false);
        make(file, "new");
    }

    @Test
    void takesTheBackupAndKeepsWhatWasThere() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(restore()).contains(directory.resolve(KEPT));
        assertThat(models(file)).containsExactly("old");
        assertThat(models(directory.resolve(KEPT))).containsExactly("old", "new");
        assertThat(List.of(file, directory.resolve(KEPT)))
                .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo("rw-r-----"));
        assertThat(names()).containsExactly("backup.db", "queue.db", KEPT);
    }

    @Test
    void refusesWhileAProgramHasItOpen() throws Exception {
        try (Database database = Database.open(file, clock)) {
            assertThatThrownBy(this::restore).hasMessageContaining(file + " is in use: stop the proxy first");
            insert(database, "newer");
        }
        assertThat(models(file)).containsExactly("old", "new", "newer");
        assertThat(names()).containsExactly("backup.db", "queue.db");
    }

    @Test
    void whatStandsInALogOnlyIsKeptToo() throws Exception {
        Path crashed = Files.createDirectory(directory.resolve("crashed")).resolve("queue.db");
        try (Database database = Database.open(file, clock)) {
            insert(database, "newer");
            Files.copy(file, crashed);
            Files.copy(directory.resolve("queue.db-wal"), crashed.resolveSibling("queue.db-wal"));
        }

        assertThat(new QueueFile(crashed).restore(backup, clock)).isPresent();
        assertThat(models(crashed)).containsExactly("old");
        assertThat(models(crashed.resolveSibling(KEPT))).containsExactly("old", "new", "newer");
    }

    @Test
    void replacesADamagedFileAndKeepsItWithItsLog() throws Exception {
        Files.writeString(file, "text, and enough of it to be looked at");
        Files.writeString(directory.resolve("queue.db-wal"), "the log of something");

        assertThat(restore()).contains(directory.resolve(KEPT));
        assertThat(models(file)).containsExactly("old");
        assertThat(directory.resolve(KEPT)).hasContent("text, and enough of it to be looked at");
        assertThat(directory.resolve(KEPT + "-wal")).hasContent("the log of something");
    }

    @Test
    void makesADatabaseThatIsNotThere() throws Exception {
        Path elsewhere = directory.resolve("state/queue.db");

        assertThat(new QueueFile(elsewhere).restore(backup, clock)).isEmpty();
        assertThat(models(elsewhere)).containsExactly("old");
    }

    @Test
    void refusesWhatIsNoBackup() throws Exception {
        Files.delete(backup);
        assertThatThrownBy(this::restore).isInstanceOf(NoSuchFileException.class);

        Files.createFile(backup);
        assertThatThrownBy(this::restore).hasMessageContaining("the backup " + backup + " holds the tables of another");

        Sqlite.run(backup, "create table other (id integer)");
        assertThatThrownBy(this::restore).hasMessageContaining("holds the tables of another program");

        Sqlite.run(backup, "pragma user_version = 99");
        assertThatThrownBy(this::restore).hasMessageContaining("newer version of this program: choose another file");

        Files.writeString(backup, "text, and enough of it to be looked at");
        assertThatThrownBy(this::restore).hasMessageContaining("is damaged");
        assertThat(models(file)).containsExactly("old", "new");
    }

    @Test
    void refusesABackupWithADamagedIndex() throws Exception {
        ExaminationTest.spoilIndex(backup);

        assertThatThrownBy(this::restore).hasMessageContaining("is damaged");
        assertThat(models(file)).containsExactly("old", "new");
    }

    @Test
    void leavesTheFileOfAnotherProgramAlone() throws Exception {
        Files.delete(file);
        Sqlite.run(file, "create table other (id integer)");

        assertThatThrownBy(this::restore).hasMessageContaining("holds the tables of another program");
        assertThat(Sqlite.ask(file, "select name from sqlite_schema")).containsExactly("other");
    }

    @Test
    void aDatabaseIsNoBackupOfItself() {
        assertThatThrownBy(() -> new QueueFile(file).restore(file, clock))
                .hasMessageContaining("is the database itself");
    }

    private Optional<Path> restore() throws IOException {
        return new QueueFile(file).restore(backup, clock);
    }

    private void make(Path path, String model) {
        try (Database database = Database.open(path, clock)) {
            insert(database, model);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> models(Path database) throws SQLException {
        return Sqlite.ask(database, "select model from queue order by id");
    }

    private static void insert(Database database, String model) {
        database.write(
                context -> context.insertInto(QUEUE).set(QUEUE.MODEL, model).execute());
    }
}
