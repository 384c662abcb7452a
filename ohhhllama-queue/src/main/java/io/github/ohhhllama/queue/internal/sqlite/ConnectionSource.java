package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.QueueStorageException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the file, and opens it again after trouble or when another file stands in its place, at most once a second.
 *
 * <p>{@link #opened}, {@link #latest} and {@link #refuse} may be called from any thread, everything else from the
 * writer's only.
 */
final class ConnectionSource implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSource.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final DatabaseFile file;
    private final Clock clock;
    private volatile @Nullable Connections connections;
    private @Nullable SQLException refusal;
    private Instant refusedAt = Instant.MIN;

    ConnectionSource(DatabaseFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    DatabaseFile file() {
        return file;
    }

    /** Returns the connections if the file is open and still the right one, or null. */
    @Nullable Connections opened() {
        Connections now = connections;
        return now != null && now.isCurrent() ? now : null;
    }

    /** Returns the connections the writer used last, or null if they are of no use any more. */
    @Nullable Connections latest() {
        Connections now = connections;
        return now != null && !now.isGivenUp() ? now : null;
    }

    /**
     * Returns connections to the file that bears the name now.
     *
     * @throws SQLException if it cannot be opened, or could not be a moment ago
     */
    Connections open() throws SQLException {
        Connections now = opened();
        if (now != null) {
            return now;
        }
        close();
        if (refusal != null && isRecent(refusedAt)) {
            throw refusal;
        }
        try {
            now = Connections.open(file);
        } catch (SQLException refused) {
            refusal = refused;
            refusedAt = clock.instant();
            throw refused;
        }
        refusal = null;
        connections = now;
        return now;
    }

    /** Turns what the driver threw into what callers are told, and lets go of connections that are of no use now. */
    QueueStorageException refuse(@Nullable Connections used, Exception thrown) {
        Trouble trouble = Trouble.of(thrown, file);
        if (used != null && trouble.needsReopening()) {
            used.giveUp();
        }
        if (trouble == Trouble.UNEXPECTED) {
            LOG.warn("SQLite refuses what was asked of {}", file.path(), thrown);
        } else {
            LOG.debug("{}: {}", trouble, file.path(), thrown);
        }
        return trouble.exception(file, thrown);
    }

    @Override
    public void close() {
        Connections now = connections;
        connections = null;
        if (now != null) {
            now.close();
        }
    }

    private boolean isRecent(Instant moment) {
        Duration since = Duration.between(moment, clock.instant());
        return !since.isNegative() && since.compareTo(BETWEEN_ATTEMPTS) < 0;
    }
}
