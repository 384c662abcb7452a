package io.github.ohhhllama.queue.internal.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings a database to the schema this program knows: one numbered file a version, each in a transaction of its own, the
 * version reached in {@code PRAGMA user_version}.
 */
final class Schema {

    private static final List<String> MIGRATIONS =
            List.of("V001__pull_queue.sql", "V002__night_shift.sql", "V003__notices.sql", "V004__rows_by_hand.sql");

    private Schema() {}

    static int newest() {
        return MIGRATIONS.size();
    }

    /**
     * Runs the migrations that are missing.
     *
     * @throws SQLException if the database is not one of ours or newer than we are; it is unchanged then
     */
    static void migrate(Connection connection) throws SQLException {
        migrate(connection, newest());
    }

    static void migrate(Connection connection, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            checkVersion(statement);
            while (version(statement) < version) {
                migrateOnce(statement);
            }
        }
    }

    /**
     * Looks whether the database can be brought to this schema.
     *
     * @throws SQLException if it holds tables of another program, or those of a newer version of this one
     */
    static void checkVersion(Statement statement) throws SQLException {
        int version = version(statement);
        if (version > newest()) {
            throw new SQLException(
                    "schema version is " + version + ", expected at most " + newest(), Trouble.NEWER.asSqlException());
        }
        checkOurs(statement);
    }

    /**
     * Looks whether the database is one of ours, of whatever version, or empty.
     *
     * @throws SQLException if it holds tables of another program
     */
    static void checkOurs(Statement statement) throws SQLException {
        if (version(statement) == 0 && number(statement, "select count(*) from sqlite_schema") > 0) {
            throw Trouble.FOREIGN.asSqlException();
        }
    }

    /** Returns the text of a file in this package. */
    static String resource(String name) {
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("the program cannot read its file " + name, broken);
        }
    }

    private static void migrateOnce(Statement statement) throws SQLException {
        statement.execute("begin immediate");
        try {
            // Asked again under the lock: another process may have been faster.
            int version = version(statement);
            if (version < newest()) {
                statement.executeUpdate(resource(MIGRATIONS.get(version)));
                statement.execute("pragma user_version = " + (version + 1));
            }
            statement.execute("commit");
        } catch (SQLException refused) {
            statement.execute("rollback");
            throw refused;
        }
    }

    private static int version(Statement statement) throws SQLException {
        return number(statement, "pragma user_version");
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet answer = statement.executeQuery(sql)) {
            return answer.getInt(1);
        }
    }
}
