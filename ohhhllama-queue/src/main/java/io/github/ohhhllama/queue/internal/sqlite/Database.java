package io.github.ohhhllama.queue.internal.sqlite;

import static io.github.ohhhllama.queue.internal.sqlite.generated.Tables.QUEUE_COUNTS;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.StorageStatus;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * Gives access to the queue's file: transactions that write, one after another and durable when they return, and
 * transactions that read beside them.
 *
 * <p>Heals by itself: after trouble, and when the file was deleted or another one stands in its place, the next call opens
 * what is there. Thread-safe; every call blocks.
 */
public final class Database implements AutoCloseable {

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
    private static final int READ_ATTEMPTS = 2;

    private final ConnectionSource source;
    private final GroupCommit writer;

    private Database(ConnectionSource source) {
        this.source = source;
        this.writer = new GroupCommit(source);
    }

    /**
     * Opens a file, creating it and its directory where needed, and brings it to the newest schema.
     *
     * <p>A file that is only locked, read-only or full at the moment counts as open; calls fail until that has passed.
     *
     * @param file where the database is
     * @param clock tells when to try again after trouble
     * @throws QueueStorageException if the file is damaged, foreign, from a newer version or out of reach; it is
     *     unchanged then
     */
    public static Database open(Path file, Clock clock) {
        return open(file, clock, BUSY_TIMEOUT);
    }

    static Database open(Path file, Clock clock, Duration busyTimeout) {
        DatabaseFile place = new DatabaseFile(file.toAbsolutePath(), busyTimeout);
        Database database = new Database(new ConnectionSource(place, clock));
        try {
            database.write(context -> true);
        } catch (QueueStorageException refused) {
            Throwable cause = refused.getCause();
            if (cause == null || !Trouble.of(cause, place).isPassing()) {
                database.close();
                throw refused;
            }
        }
        return database;
    }

    /**
     * Does the work in a transaction and returns when it is on disk. Work that fails leaves nothing behind and does not
     * disturb that of others in the same commit. Called from within such work, it becomes a part of it.
     *
     * @param work what to do; may be done on another thread
     * @return what the work returned
     * @throws QueueStorageException if the database cannot be used at the moment
     */
    public <T> T write(Function<? super DSLContext, ? extends T> work) {
        DSLContext joined = writer.joined();
        if (joined != null) {
            return work.apply(joined);
        }
        WriteTask<T> task = new WriteTask<>(work);
        writer.submit(task);
        return task.await();
    }

    /**
     * Answers a question from one consistent state. Called from within {@link #write}, it sees what was written there.
     *
     * @param question what to ask; it is asked again if the file changed its place meanwhile
     * @return the answer
     * @throws QueueStorageException if the database cannot be used at the moment
     */
    public <T> T read(Function<? super DSLContext, ? extends T> question) {
        DSLContext joined = writer.joined();
        if (joined != null) {
            return question.apply(joined);
        }
        for (int attempt = 1; ; attempt++) {
            Connections connections = opened();
            try {
                return connections.read(question);
            } catch (SQLException | DataAccessException refused) {
                QueueStorageException reason = source.refuse(connections, refused);
                if (attempt == READ_ATTEMPTS || connections == source.opened()) {
                    throw reason;
                }
            }
        }
    }

    /** Tries to write, and returns whether that works; never throws. */
    public StorageStatus status() {
        String location = source.file().path().toString();
        try {
            write(Database::probe);
            if (source.file().refusesBytes()) {
                // A few bytes may fit where an entry does not.
                throw Trouble.FULL.exception(source.file(), null);
            }
            return new StorageStatus(location, null);
        } catch (QueueStorageException refused) {
            return new StorageStatus(location, refused.getMessage());
        }
    }

    /** Ends after the writes that wait; later calls fail. */
    @Override
    public void close() {
        writer.close();
    }

    /** There and back again: SQLite does not write what does not change. */
    private static boolean probe(DSLContext context) {
        for (int step : new int[] {1, -1}) {
            context.update(QUEUE_COUNTS)
                    .set(QUEUE_COUNTS.ENTRIES, QUEUE_COUNTS.ENTRIES.plus(step))
                    .where(QUEUE_COUNTS.STATUS.eq(EntryState.PENDING))
                    .execute();
        }
        return true;
    }

    private Connections opened() {
        Connections connections = source.opened();
        if (connections == null) {
            // Only the writer knows whether it was itself that changed the file, and only it opens files.
            write(context -> true);
            connections = source.latest();
        }
        if (connections == null) {
            throw Trouble.REPLACED.exception(source.file(), null);
        }
        return connections;
    }
}
