package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemaTest {

    private static final String WHOLE_SCHEMA =
            "select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_schema order by type, name";

    @TempDir
    private Path directory;

    static IntStream olderVersions() {
        return IntStream.range(0, Schema.newest());
    }

    @ParameterizedTest
    @MethodSource("olderVersions")
    void everyOlderVersionBecomesTheCurrentSchema(int version) throws SQLException {
        Path migrated = directory.resolve("migrated.db");
        Path current = directory.resolve("current.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + migrated)) {
            Schema.migrate(connection, version);
            Schema.migrate(connection);
        }
        Sqlite.run(current, Schema.resource("current.sql"));

        assertThat(schemaOf(migrated)).isEqualTo(schemaOf(current));
        assertThat(Sqlite.ask(migrated, "pragma user_version")).containsExactly(String.valueOf(Schema.newest()));
    }

    @Test
    void newerVersionIsRefusedByNumber() throws SQLException {
        Path file = directory.resolve("newer.db");
        Sqlite.run(file, "pragma user_version = 99");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            assertThatThrownBy(() -> Schema.migrate(connection)).hasMessageContaining("99");
        }
        assertThat(Sqlite.ask(file, "pragma user_version")).containsExactly("99");
    }

    @Test
    void failedMigrationLeavesNothingBehind() throws SQLException {
        Path file = directory.resolve("foreign.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("create table runs (id integer)");
            assertThatThrownBy(() -> Schema.migrate(connection)).isInstanceOf(SQLException.class);
        }
        assertThat(Sqlite.ask(file, "select name from sqlite_schema")).containsExactly("runs");
    }

    private static List<String> schemaOf(Path file) throws SQLException {
        return Sqlite.ask(file, WHOLE_SCHEMA).stream()
                .map(line -> line.replaceAll("--.*", "").replaceAll("\\s+", " "))
                .toList();
    }
}
