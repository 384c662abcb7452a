package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.QueueStorageException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Is one caller's part of a group commit, and how the caller learns how it ended. */
final class WriteTask<T> {

    private final Function<? super DSLContext, ? extends T> work;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Throwable failure;

    WriteTask(Function<? super DSLContext, ? extends T> work) {
        this.work = work;
    }

    /**
     * Does the work under a savepoint of its own.
     *
     * @throws SQLException if the whole transaction is lost
     */
    void run(Connections connections, DSLContext context, ConnectionSource source) throws SQLException {
        try {
            connections.savepoint(() -> result = work.apply(context));
        } catch (DataAccessException refused) {
            failure = source.refuse(connections, refused);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    /** Lets the caller go on; what it did is on disk now. */
    void acknowledge() {
        if (failure != null) {
            outcome.completeExceptionally(failure);
        } else {
            outcome.complete(result);
        }
    }

    void fail(Throwable reason) {
        outcome.completeExceptionally(reason);
    }

    /** Waits for the end, even if interrupted: nobody could tell otherwise whether it was stored. */
    T await() {
        try {
            return outcome.join();
        } catch (CompletionException failed) {
            throw rethrown(failed.getCause() == null ? failed : failed.getCause());
        }
    }

    private static RuntimeException rethrown(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof QueueStorageException storage) {
            return storage;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }
}
