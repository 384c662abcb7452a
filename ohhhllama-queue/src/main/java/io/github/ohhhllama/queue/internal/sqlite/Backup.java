package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.QueueStorageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** Copies a database while others write into it: the copy holds one consistent state, and no log beside it. */
public final class Backup {

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private Backup() {}

    /**
     * Writes a copy, for this user alone. The copy is whole and on the disk when it gets its name, or it is not there.
     *
     * @param database the file to copy
     * @param target the copy
     * @param overwrite whether the copy may take the place of another file
     * @throws QueueStorageException if the database is not there, damaged, foreign or from a newer version
     * @throws FileAlreadyExistsException if something has the name already
     * @throws IOException if the copy cannot be written
     */
    public static void write(Path database, Path target, boolean overwrite) throws IOException {
        DatabaseFile from = new DatabaseFile(database.toAbsolutePath(), BUSY_TIMEOUT);
        DurableFile copy = new DurableFile(target.toAbsolutePath());
        refuse(from, copy, overwrite);
        Path draft = copy.draft();
        try {
            from.copyInto(draft);
            new DatabaseFile(draft, BUSY_TIMEOUT).examine();
            copy.publish(draft);
        } catch (SQLException refused) {
            throw Trouble.of(refused, from).exception(from, refused);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void refuse(DatabaseFile from, DurableFile copy, boolean overwrite) throws IOException {
        Path target = copy.path();
        if (Files.notExists(from.path())) {
            throw new NoSuchFileException(from.path().toString(), null, "there is no such database");
        }
        if (Files.exists(target)) {
            if (!overwrite || Files.isDirectory(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            if (Files.isSameFile(from.path(), target)) {
                throw new FileAlreadyExistsException(target.toString(), null, "it is the database itself");
            }
        }
    }
}
