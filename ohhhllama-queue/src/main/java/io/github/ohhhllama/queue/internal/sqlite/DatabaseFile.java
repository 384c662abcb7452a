package io.github.ohhhllama.queue.internal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * Stands for the file on disk and the two that SQLite keeps beside it.
 *
 * <p>Looks at the file through SQLite and {@code stat} only: on POSIX systems, closing any other handle of it would drop
 * the locks that SQLite holds in this process.
 *
 * @param path the database
 * @param busyTimeout how long to wait for other processes
 */
record DatabaseFile(Path path, Duration busyTimeout) {

    private static final int PROBE_BYTES = 64 * 1024;

    @Nullable FileStamp stamp() {
        return FileStamp.of(path);
    }

    Path writeAheadLog() {
        return path.resolveSibling(path.getFileName() + "-wal");
    }

    Path sharedMemory() {
        return path.resolveSibling(path.getFileName() + "-shm");
    }

    /**
     * Makes the directory, for this user alone, unless it is there.
     *
     * @throws SQLException if it cannot be made, or a directory stands where the file should
     */
    void createDirectory() throws SQLException {
        if (Files.isDirectory(path)) {
            throw Trouble.DIRECTORY.asSqlException();
        }
        Path directory = path.getParent();
        if (directory == null || Files.isDirectory(directory)) {
            return;
        }
        try {
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(directory);
            }
        } catch (IOException refused) {
            throw new SQLException(refused.toString(), Trouble.UNREACHABLE.asSqlException());
        }
    }

    /** Tells whether there is a log with something in it: nobody closed the file, or somebody has it open. */
    boolean hasLog() {
        FileStamp log = FileStamp.of(writeAheadLog());
        return log != null && log.size() > 0;
    }

    /**
     * Reads an existing file from end to end without changing it; indexes are compared with their tables if it was not
     * closed.
     *
     * @throws SQLException if it is damaged, belongs to another program or to a newer version of this one
     */
    void inspect() throws SQLException {
        FileStamp stamp = stamp();
        if (stamp == null || stamp.size() == 0) {
            return;
        }
        readVersionOnDisk();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = connect(config);
                Statement statement = connection.createStatement()) {
            Schema.checkVersion(statement);
            requireWhole(statement, hasLog() ? "integrity_check" : "quick_check");
        }
    }

    /**
     * Looks where the file lies.
     *
     * @throws SQLException if SQLite's write-ahead log does not work there
     */
    void requireLocalDisk() throws SQLException {
        Optional<String> type = NetworkFileSystem.under(path);
        if (type.isPresent()) {
            throw new SQLException("the file system is " + type.get(), Trouble.REMOTE.asSqlException());
        }
    }

    /**
     * Reads an existing file from end to end, indexes included, whoever has it open; needs no right to write.
     *
     * @throws SQLException if it is damaged, belongs to another program or to a newer version of this one
     */
    void examine() throws SQLException {
        try (Connection connection = openReader();
                Statement statement = connection.createStatement()) {
            Schema.checkVersion(statement);
            requireWhole(statement, "integrity_check");
        }
    }

    private Connection openReader() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        // Without a log nobody has it open, and SQLite would want to make one, for which one must be allowed to write.
        return config.createConnection(Files.exists(writeAheadLog()) ? url() : immutableUrl());
    }

    /**
     * Looks whether it holds our tables at all.
     *
     * @throws SQLException if it is empty
     */
    void requireTables() throws SQLException {
        if (readVersionOnDisk() == 0) {
            throw Trouble.FOREIGN.asSqlException();
        }
    }

    /**
     * Writes one consistent state of it into another file, whoever has it open; needs no right to write it.
     *
     * @param target an empty file
     * @throws SQLException if it is damaged or cannot be read, or the other cannot be written
     */
    void copyInto(Path target) throws SQLException {
        try (Connection connection = openReader();
                Statement statement = connection.createStatement()) {
            Schema.checkVersion(statement);
            statement.execute("vacuum into '" + target.toString().replace("'", "''") + "'");
        }
    }

    /**
     * Moves the log into the file and removes it, which only works while nobody else has the file open.
     *
     * @throws SQLException if somebody has, or the file is damaged or belongs to another program
     */
    void foldLog() throws SQLException {
        // Of a file that is no database SQLite would throw the log away.
        readVersionOnDisk();
        try (Connection connection = connect(new SQLiteConfig());
                Statement statement = connection.createStatement()) {
            Schema.checkOurs(statement);
            try (ResultSet mode = statement.executeQuery("pragma journal_mode = delete")) {
                if (!mode.getString(1).equals("delete")) {
                    throw Trouble.LOCKED.asSqlException();
                }
            }
        }
    }

    private static void requireWhole(Statement statement, String check) throws SQLException {
        try (ResultSet answer = statement.executeQuery("pragma " + check + "(1)")) {
            String first = answer.next() ? answer.getString(1) : "nothing";
            if (!first.equals("ok")) {
                throw new SQLException(check + " says: " + first, Trouble.DAMAGED.asSqlException());
            }
        }
    }

    /** Tells whether the file itself, whatever the write-ahead log says, is still a migrated database. */
    boolean isMigratedOnDisk() {
        try {
            return readVersionOnDisk() > 0;
        } catch (SQLException unreadable) {
            return false;
        }
    }

    Connection openWriter() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        return connect(config);
    }

    SQLiteConfig readerConfig() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        return config;
    }

    String url() {
        return "jdbc:sqlite:" + path;
    }

    /** Leads to the file alone, without locks and without its log. */
    private String immutableUrl() {
        return "jdbc:sqlite:" + path.toUri() + "?immutable=1";
    }

    /** Tells whether bytes cannot be written beside the file: a quota does not show in the number of free bytes. */
    boolean refusesBytes() {
        Path directory = path.toAbsolutePath().getParent();
        if (!Files.isWritable(directory)) {
            return false;
        }
        try {
            Path probe = Files.createTempFile(directory, "space", ".probe");
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.delete(probe);
            }
            return false;
        } catch (IOException full) {
            return true;
        }
    }

    /** Tells whether the file is there but may not be written: SQLite says only that it cannot be opened. */
    boolean isReadOnly() {
        Path directory = path.toAbsolutePath().getParent();
        return Files.exists(path) && !(Files.isWritable(path) && Files.isWritable(directory));
    }

    private int readVersionOnDisk() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection(immutableUrl());
                Statement statement = connection.createStatement()) {
            // Spares the comparison with the file's length, which is short while another process moves its log in.
            statement.execute("pragma writable_schema = on");
            try (ResultSet version = statement.executeQuery("pragma user_version")) {
                return version.getInt(1);
            }
        }
    }

    private Connection connect(SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        return config.createConnection(url());
    }
}
