package io.github.ohhhllama.queue;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.Examination;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Is the file that keeps a queue, looked after from outside, whether a program has it open or not. Immutable.
 *
 * @param path where it is
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
}
