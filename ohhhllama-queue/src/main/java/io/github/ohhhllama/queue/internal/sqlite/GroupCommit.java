package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.QueueStorageException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes everything that waits to be written into one transaction, since the disk takes as long for many rows as for one.
 *
 * <p>One thread, {@code ohhhllama-writer}, does all of it; {@link #submit} and {@link #close} may be called from any.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MOST_TASKS = 512;
    private static final long IDLE_MILLIS = 200;

    private final ConnectionSource source;
    private final BlockingQueue<WriteTask<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "ohhhllama-writer");
    private final WriteTask<?> end = new WriteTask<>(context -> true);
    private final Object gate = new Object();
    private boolean closed; // guarded by gate
    private @Nullable DSLContext transaction; // written by the thread only
    private boolean checkpointDue;

    GroupCommit(ConnectionSource source) {
        this.source = source;
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the running transaction if the caller is a part of it, or null. */
    @Nullable DSLContext joined() {
        return Thread.currentThread() == thread ? transaction : null;
    }

    void submit(WriteTask<?> task) {
        synchronized (gate) {
            if (closed) {
                throw Trouble.CLOSED.exception(source.file(), null);
            }
            waiting.add(task);
        }
    }

    /** Ends after what was submitted before, and closes the file. */
    @Override
    public void close() {
        synchronized (gate) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.add(end);
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<WriteTask<?>> batch = new ArrayList<>(MOST_TASKS);
        while (!batch.contains(end)) {
            batch.clear();
            WriteTask<?> first = next();
            if (first == null) {
                checkpoint();
                continue;
            }
            batch.add(first);
            waiting.drainTo(batch, MOST_TASKS - 1);
            commit(batch);
        }
        source.close();
    }

    private @Nullable WriteTask<?> next() {
        while (true) {
            try {
                return checkpointDue ? waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS) : waiting.take();
            } catch (InterruptedException nobodysWish) {
                LOG.debug("the writer was interrupted and goes on");
            }
        }
    }

    private void commit(List<WriteTask<?>> batch) {
        Connections connections = null;
        try {
            connections = source.open();
            write(connections, batch);
            checkpointDue = true;
        } catch (SQLException | DataAccessException refused) {
            QueueStorageException reason = source.refuse(connections, refused);
            batch.forEach(task -> task.fail(reason));
            return;
        } catch (RuntimeException | Error unforeseen) {
            batch.forEach(task -> task.fail(unforeseen));
            return;
        }
        batch.forEach(WriteTask::acknowledge);
        maintain(connections, connections::checkpointIfDue);
    }

    private void write(Connections connections, List<WriteTask<?>> batch) throws SQLException {
        try {
            connections.transaction(context -> {
                transaction = context;
                for (WriteTask<?> task : batch) {
                    task.run(connections, context, source);
                }
            });
        } finally {
            transaction = null;
        }
    }

    private void checkpoint() {
        checkpointDue = false;
        Connections connections = source.opened();
        if (connections != null) {
            maintain(connections, connections::checkpoint);
        }
    }

    private void maintain(Connections connections, Connections.Maintenance maintenance) {
        try {
            maintenance.run();
        } catch (SQLException | RuntimeException refused) {
            // Nothing is lost: the log keeps it, and whoever writes next is told.
            LOG.debug(
                    "checkpoint refused: {}",
                    source.refuse(connections, refused).getMessage());
        }
    }
}
