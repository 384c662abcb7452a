package io.github.ohhhllama.queue;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.Backup;
import io.github.ohhhllama.queue.internal.sqlite.Examination;
import io.github.ohhhllama.queue.internal.sqlite.Restoration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/**
 * Is the file that keeps a queue, looked after from outside, whether a program has it open or not. Immutable.
 *
 * @param path where it is
 * @since 0.1.0
 */
public record QueueFile(Path path) {

    /** Checks that there is a path. */
    public QueueFile {
        Objects.requireNonNull(path, "path");
    }

    /**
     * Reads the file from end to end and changes nothing.
     *
     * @return whether there is one
     * @throws QueueStorageException if it is damaged, belongs to another program or a newer version, cannot be read, or
     *     lies on a file system of the network
     */
    public boolean examine() {
        return Examination.examine(path);
    }

    /**
     * Writes a copy that is whole and on the disk when it gets its name, and readable by this user alone.
     *
     * @param target the copy
     * @param overwrite whether it may take the place of another file
     * @throws QueueStorageException if the file is damaged, foreign or from a newer version
     * @throws java.nio.file.FileAlreadyExistsException if the copy's name is taken
     * @throws IOException if the file is not there, or the copy cannot be written
     */
    public void backUp(Path target, boolean overwrite) throws IOException {
        Backup.write(path, target, overwrite);
    }

    /**
     * Takes the content of a backup. The file is either the old or the new one at any moment, and the old one is kept
     * beside it.
     *
     * @param backup a file written by {@link #backUp}, or any other copy of such a file; it stays as it is
     * @param clock dates the name of the old file
     * @return where the old file is now, or empty if there was none
     * @throws QueueStorageException if the backup is damaged, foreign or from a newer version, or a program has this file
     *     open; it is unchanged then
     * @throws IOException if the backup is not there, or files cannot be read or written; this file is unchanged then
     */
    public Optional<Path> restore(Path backup, Clock clock) throws IOException {
        return Restoration.restore(backup, path, clock);
    }
}
