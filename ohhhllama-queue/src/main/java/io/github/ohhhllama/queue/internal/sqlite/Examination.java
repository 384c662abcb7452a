package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.QueueStorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** Looks at a database from outside, whether a program has it open or not, and changes nothing. */
public final class Examination {

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private Examination() {}

    /**
     * Reads a file from end to end, indexes included.
     *
     * @param path the file
     * @return whether there is one
     * @throws QueueStorageException if it is damaged, foreign, from a newer version, out of reach, or on a file system on
     *     which it cannot be used
     */
    public static boolean examine(Path path) {
        DatabaseFile file = new DatabaseFile(path.toAbsolutePath(), BUSY_TIMEOUT);
        try {
            file.requireLocalDisk();
            if (Files.notExists(file.path())) {
                return false;
            }
            if (Files.isDirectory(file.path())) {
                throw Trouble.DIRECTORY.asSqlException();
            }
            file.examine();
            return true;
        } catch (SQLException refused) {
            throw Trouble.of(refused, file).exception(file, refused);
        }
    }
}
