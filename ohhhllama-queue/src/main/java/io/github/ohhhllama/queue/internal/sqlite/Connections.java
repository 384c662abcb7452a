package io.github.ohhhllama.queue.internal.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/**
 * Holds all connections to one file, from the moment it was opened until it is given up: one that writes, some that read.
 *
 * <p>{@link #read} and {@link #isCurrent} may be called from any thread, everything else from the writer's only.
 */
final class Connections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int READERS = 4;
    private static final int PAGES_BETWEEN_CHECKPOINTS = 1000;
    private static final Settings SETTINGS = new Settings()
            .withRenderQuotedNames(RenderQuotedNames.NEVER)
            .withRenderSchema(false)
            .withExecuteLogging(false);

    /** Makes queries that are rendered, not executed. */
    static final DSLContext RENDERING = DSL.using(SQLDialect.SQLITE, SETTINGS);

    private final DatabaseFile file;
    private final Connection writer;
    private final Statement control;
    private final PreparedStatement beginPart;
    private final PreparedStatement endPart;
    private final KeptStatements statements;
    private final DSLContext context;
    private final HikariDataSource readers;
    private final Configuration reading;
    private final @Nullable FileStamp log;
    private final @Nullable FileStamp memory;
    private volatile FileStamp stamp;
    private volatile boolean broken;
    private int checkpointedPages;

    private Connections(DatabaseFile file, Connection writer) throws SQLException {
        this.file = file;
        this.writer = writer;
        control = writer.createStatement();
        beginPart = writer.prepareStatement("savepoint part");
        endPart = writer.prepareStatement("release part");
        statements = new KeptStatements(writer);
        context = DSL.using(statements, SQLDialect.SQLITE, SETTINGS);
        Schema.migrate(writer);
        // SQLite's own checkpoints would happen where nobody sees them; those of checkpoint() renew the stamp.
        control.execute("pragma wal_autocheckpoint = 0");
        control.execute("pragma wal_checkpoint(truncate)");
        stamp = requireStamp();
        log = FileStamp.of(file.writeAheadLog());
        memory = FileStamp.of(file.sharedMemory());
        reading = new DefaultConfiguration().set(SQLDialect.SQLITE).set(SETTINGS);
        readers = new HikariDataSource(pool(file));
    }

    /**
     * Opens the file, creating or migrating it where needed.
     *
     * @throws SQLException if that is not possible; a file that is damaged, foreign or newer is unchanged then
     */
    static Connections open(DatabaseFile file) throws SQLException {
        file.requireLocalDisk();
        file.createDirectory();
        boolean unclosed = file.hasLog();
        file.inspect();
        if (unclosed) {
            LOG.info(
                    "{} was not closed by who had it last, or is open elsewhere; it was checked and is whole",
                    file.path());
        }
        FileStamp before = file.stamp();
        Connection writer = file.openWriter();
        try {
            Connections opened = new Connections(file, writer);
            if (before != null && !before.isSameFileAs(opened.stamp)) {
                // A backup took its place meanwhile.
                opened.close();
                throw Trouble.REPLACED.asSqlException();
            }
            return opened;
        } catch (SQLException | RuntimeException refused) {
            writer.close();
            throw refused;
        }
    }

    /** Tells whether the file under the name is still the one that was opened, and nobody else wrote into it. */
    boolean isCurrent() {
        return !broken && stamp.equals(file.stamp());
    }

    /** Tells whether something happened that only opening the file anew can end. */
    boolean isGivenUp() {
        return broken;
    }

    /** Says that these connections met trouble which only opening the file anew can end. */
    void giveUp() {
        broken = true;
    }

    /**
     * Runs the work in one transaction and returns when it is on disk, in the file that bears the name.
     *
     * @throws SQLException if it is not; then nothing of it may be acknowledged
     */
    void transaction(Work work) throws SQLException {
        control.execute("begin immediate");
        try {
            work.run(context);
            control.execute("commit");
        } catch (SQLException | RuntimeException refused) {
            rollBack();
            throw refused;
        }
        FileStamp now = file.stamp();
        if (!stamp.equals(now) && !(stamp.isSameFileAs(now) && file.isMigratedOnDisk())) {
            throw Trouble.REPLACED.asSqlException();
        }
    }

    /** Runs a part of a transaction that can fail alone. */
    void savepoint(Runnable part) throws SQLException {
        beginPart.execute();
        try {
            part.run();
        } catch (RuntimeException | Error failed) {
            undoPart(failed);
            throw failed;
        }
        endPart.execute();
    }

    private void undoPart(Throwable failed) throws SQLException {
        try {
            statements.forget();
            control.execute("rollback to part");
            control.execute("release part");
        } catch (SQLException lost) {
            // A full disk, for instance, makes SQLite roll back more than the statement that met it.
            lost.addSuppressed(failed);
            throw new SQLException("the transaction was lost: " + lost.getMessage(), failed);
        }
    }

    <T> T read(Function<? super DSLContext, ? extends T> question) throws SQLException {
        try (Connection connection = readers.getConnection()) {
            KeptStatements kept = connection.unwrap(KeptStatements.class);
            execute(kept, "begin");
            try {
                return question.apply(DSL.using(reading.derive(kept)));
            } catch (RuntimeException | Error failed) {
                kept.forget();
                throw failed;
            } finally {
                execute(kept, "rollback");
            }
        }
    }

    private static void execute(Connection connection, String word) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(word)) {
            statement.execute();
        }
    }

    /** Moves the write-ahead log into the file if it has grown long. */
    void checkpointIfDue() throws SQLException {
        int pages = pagesInLog("noop");
        // The log starts anew when all of it was moved and nobody reads from it.
        checkpointedPages = Math.min(checkpointedPages, pages);
        if (pages - checkpointedPages >= PAGES_BETWEEN_CHECKPOINTS) {
            checkpoint();
        }
    }

    /** Moves the write-ahead log into the file, so that a copy of the file is whole. */
    void checkpoint() throws SQLException {
        if (isCurrent()) {
            checkpointedPages = pagesInLog("passive");
            stamp = requireStamp();
        }
    }

    private int pagesInLog(String mode) throws SQLException {
        try (ResultSet answer = control.executeQuery("pragma wal_checkpoint(" + mode + ")")) {
            return answer.getInt("log");
        }
    }

    @Override
    public void close() {
        readers.close();
        boolean moved = !stamp.isSameFileAs(file.stamp());
        try {
            writer.close();
        } catch (SQLException reason) {
            LOG.debug("closing {} failed", file.path(), reason);
        }
        if (moved) {
            // Left beside another file, they would be taken for its own and spoil it.
            deleteIfStill(log, file.writeAheadLog());
            deleteIfStill(memory, file.sharedMemory());
        }
    }

    private static void deleteIfStill(@Nullable FileStamp opened, Path path) {
        if (opened != null && opened.isSameFileAs(FileStamp.of(path))) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException reason) {
                LOG.warn("cannot delete {}, which belongs to a database that is gone", path, reason);
            }
        }
    }

    private FileStamp requireStamp() throws SQLException {
        FileStamp now = file.stamp();
        if (now == null) {
            throw Trouble.REPLACED.asSqlException();
        }
        return now;
    }

    private void rollBack() {
        try {
            statements.forget();
            control.execute("rollback");
        } catch (SQLException gone) {
            // SQLite rolls back by itself after some errors, and there is nothing left to roll back.
            LOG.debug("no transaction to roll back in {}", file.path(), gone);
        }
    }

    /** Is something to do between transactions. */
    @FunctionalInterface
    interface Maintenance {
        void run() throws SQLException;
    }

    /** Is what a transaction does. */
    @FunctionalInterface
    interface Work {
        void run(DSLContext context) throws SQLException;
    }

    private static HikariConfig pool(DatabaseFile file) {
        SQLiteDataSource source = new SQLiteDataSource(file.readerConfig()) {

            @Override
            public Connection getConnection() throws SQLException {
                return new KeptStatements(super.getConnection());
            }
        };
        source.setUrl(file.url());
        HikariConfig config = new HikariConfig();
        config.setPoolName("ohhhllama-readers");
        config.setDataSource(source);
        config.setConnectionInitSql("pragma query_only = 1");
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(250, file.busyTimeout().toMillis()));
        config.setInitializationFailTimeout(-1);
        return config;
    }
}
