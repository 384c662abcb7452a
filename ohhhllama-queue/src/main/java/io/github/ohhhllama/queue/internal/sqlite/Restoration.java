package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.QueueStorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Puts a backup in the place of a database, unless a program has that open. Whoever has a database open in WAL mode
 * holds a shared lock on it, and no lock outlives its process, so nothing has to be remembered or cleaned up.
 *
 * <p>Killed at any moment, it leaves the old database or the new one.
 */
public final class Restoration {

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(1);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Where SQLite's locks on a file are, see https://sqlite.org/lockingv3.html and PENDING_BYTE in its source. */
    private static final long LOCK_BYTES = 0x40000000L;

    private static final long LOCK_LENGTH = 512;

    private final DatabaseFile database;
    private final Clock clock;

    private Restoration(Path database, Clock clock) {
        this.database = new DatabaseFile(database.toAbsolutePath(), BUSY_TIMEOUT);
        this.clock = clock;
    }

    /**
     * Replaces a database.
     *
     * @param backup what to put in its place; it stays as it is
     * @param database the file to replace, which need not be there
     * @param clock dates the copy of what was there
     * @return the copy of what was there, or empty if nothing was
     * @throws QueueStorageException if the backup is damaged, foreign or from a newer version, or if the database is in
     *     use; it is unchanged then
     * @throws IOException if a file cannot be read or written; the database is unchanged then
     */
    public static Optional<Path> restore(Path backup, Path database, Clock clock) throws IOException {
        return new Restoration(database, clock).restore(backup.toAbsolutePath());
    }

    private Optional<Path> restore(Path backup) throws IOException {
        DatabaseFile from = new DatabaseFile(backup, BUSY_TIMEOUT);
        if (Files.notExists(backup)) {
            throw new NoSuchFileException(backup.toString(), null, "there is no such file");
        }
        boolean replacing = Files.exists(database.path());
        if (replacing && Files.isSameFile(backup, database.path())) {
            throw new IOException(backup + " is the database itself, expected a backup of it");
        }
        DurableFile place = new DurableFile(database.path());
        check(from);
        prepareDirectory();
        Path draft = place.draft();
        try {
            copy(from, draft);
            place.liken(draft, replacing ? database.path() : place.directory());
            if (!replacing) {
                deleteLog();
                place.publish(draft);
                return Optional.empty();
            }
            foldLog();
            return Optional.of(exchange(place, draft));
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void check(DatabaseFile from) {
        try {
            from.examine();
            from.requireTables();
        } catch (SQLException refused) {
            throw Trouble.of(refused, from).ofBackup(from, refused);
        }
    }

    private void prepareDirectory() {
        try {
            database.requireLocalDisk();
            database.createDirectory();
        } catch (SQLException refused) {
            throw Trouble.of(refused, database).exception(database, refused);
        }
    }

    private static void copy(DatabaseFile from, Path draft) {
        try {
            from.copyInto(draft);
        } catch (SQLException refused) {
            throw Trouble.of(refused, from).ofBackup(from, refused);
        }
    }

    /** Moves the log into the file, so that the file alone is all there is; a damaged one keeps its log. */
    private void foldLog() {
        try {
            database.foldLog();
        } catch (SQLException refused) {
            Trouble trouble = Trouble.of(refused, database);
            if (trouble == Trouble.LOCKED) {
                throw Trouble.IN_USE.exception(database, refused);
            }
            if (trouble == Trouble.FOREIGN) {
                throw trouble.exception(database, refused);
            }
        }
    }

    /** SQLite's locks keep everybody else out; they end with the channel, so nothing else may open the file here. */
    private Path exchange(DurableFile place, Path draft) throws IOException {
        Path kept = database.path()
                .resolveSibling(database.path().getFileName() + ".replaced-" + STAMP.format(clock.instant()));
        try (FileChannel old = FileChannel.open(database.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = old.tryLock(LOCK_BYTES, LOCK_LENGTH, false)) {
            if (lock == null) {
                throw Trouble.IN_USE.exception(database, null);
            }
            keep(old, kept);
            deleteLog();
            place.publish(draft);
        }
        return kept;
    }

    private void keep(FileChannel old, Path kept) throws IOException {
        DurableFile copy = new DurableFile(kept);
        Path draft = copy.draft();
        try {
            try (OutputStream out = Files.newOutputStream(draft);
                    WritableByteChannel to = Channels.newChannel(out)) {
                old.transferTo(0, old.size(), to);
            }
            if (Files.exists(database.writeAheadLog())) {
                Files.copy(database.writeAheadLog(), kept.resolveSibling(kept.getFileName() + "-wal"));
            }
            copy.liken(draft, database.path());
            copy.publish(draft);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Beside another file it would be taken for that one's. */
    private void deleteLog() throws IOException {
        Files.deleteIfExists(database.writeAheadLog());
        Files.deleteIfExists(database.sharedMemory());
    }
}
