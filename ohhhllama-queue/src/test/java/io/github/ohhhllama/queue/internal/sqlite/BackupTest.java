package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.queue.QueueFile;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {

    private final Clock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private Path copy;

    @BeforeEach
    void name() {
        file = directory.resolve("queue.db");
        copy = directory.resolve("it's a copy.db");
    }

    @Test
    void copiesADatabaseThatIsInUse() throws Exception {
        try (Database database = Database.open(file, clock)) {
            insert(database, "mistral");
            backUp(false);
            insert(database, "phi3");
        }

        assertThat(models(copy)).containsExactly("mistral");
        assertThat(models(file)).containsExactly("mistral", "phi3");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("it's a copy.db", "queue.db");
    }

    @Test
    void doesNotOverwriteUnlessTold() throws Exception {
        make("mistral");
        Files.writeString(copy, "precious");

        assertThatThrownBy(() -> backUp(false)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(copy).hasContent("precious");
        backUp(true);
        assertThat(models(copy)).containsExactly("mistral");
    }

    @Test
    void neverOverwritesTheDatabaseItself() throws Exception {
        make("mistral");
        Files.createSymbolicLink(copy, file);

        assertThatThrownBy(() -> backUp(true)).hasMessageContaining("it is the database itself");
        assertThat(models(file)).containsExactly("mistral");
    }

    @Test
    void leavesNothingWhereThereIsNothingToCopy() {
        assertThatThrownBy(() -> backUp(false)).isInstanceOf(NoSuchFileException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDamagedDatabaseMakesNoBackup() throws Exception {
        Files.writeString(file, "text, and enough of it to be looked at");

        assertThatThrownBy(() -> backUp(false)).hasMessageContaining("not a SQLite database");
        assertThat(names()).containsExactly("queue.db");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        make("mistral");
        copy = directory.resolve("none/copy.db");

        assertThatThrownBy(() -> backUp(false)).hasMessageContaining("there is no such directory");
    }

    private void backUp(boolean overwrite) throws IOException {
        new QueueFile(file).backUp(copy, overwrite);
    }

    private void make(String model) {
        try (Database database = Database.open(file, clock)) {
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
