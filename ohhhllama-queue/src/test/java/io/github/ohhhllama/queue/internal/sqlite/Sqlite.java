package io.github.ohhhllama.queue.internal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Is the person, or the other program, that opens the queue's file with SQLite alone. */
final class Sqlite implements AutoCloseable {

    private final Connection connection;
    private final Statement statement;

    Sqlite(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        statement = connection.createStatement();
    }

    static void run(Path file, String sql) throws SQLException {
        try (Sqlite sqlite = new Sqlite(file)) {
            sqlite.run(sql);
        }
    }

    static List<String> ask(Path file, String sql) throws SQLException {
        try (Sqlite sqlite = new Sqlite(file)) {
            return sqlite.ask(sql);
        }
    }

    void run(String sql) throws SQLException {
        statement.executeUpdate(sql);
    }

    /** Returns the first column of every row. */
    List<String> ask(String sql) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                answers.add(String.valueOf(rows.getString(1)));
            }
        }
        return answers;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
