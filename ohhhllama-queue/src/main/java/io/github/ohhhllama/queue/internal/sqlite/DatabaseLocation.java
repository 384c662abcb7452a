package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.QueueStorageException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Finds the file behind a data source.
 *
 * <p>The file is all that is taken from it. The queue keeps a writer open for as long as it lives, commits with
 * {@code synchronous=FULL} and opens anew when the file was replaced: a pool that serves others can do none of that.
 */
public final class DatabaseLocation {

    private static final String EXPECTED = "SQLite";

    private DatabaseLocation() {}

    /**
     * Borrows a connection and asks it where its main database is.
     *
     * @param source what the program uses
     * @return the file, absolute
     * @throws IllegalArgumentException if it leads to another kind of database, or to one in memory
     * @throws QueueStorageException if it gives no connection
     */
    public static Path of(DataSource source) {
        try (Connection connection = source.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!product.equals(EXPECTED)) {
                throw new IllegalArgumentException("the data source leads to " + product + ", expected " + EXPECTED);
            }
            return Path.of(file(connection)).toAbsolutePath();
        } catch (SQLException refused) {
            throw new QueueStorageException(
                    Reason.UNAVAILABLE, "the data source gives no connection: " + refused.getMessage(), refused);
        }
    }

    private static String file(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet main = statement.executeQuery("select file from pragma_database_list where name = 'main'")) {
            String file = main.next() ? main.getString(1) : null;
            if (file == null || file.isBlank()) {
                throw new IllegalArgumentException(
                        "the data source leads to a database in memory, expected one in a file");
            }
            return file;
        }
    }
}
