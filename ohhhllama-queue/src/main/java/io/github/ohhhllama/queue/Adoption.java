package io.github.ohhhllama.queue;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.sqlite.PredecessorDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Says what became of a queue that was written by the bash and Python program of the same name. Immutable.
 *
 * @param backup the file as it was
 * @param waiting how many entries wait for their download now
 * @param ended how many entries are kept as history
 * @param refused how many that waited are marked as failed, each with the reason, since Ollama cannot pull them
 * @param repeated how many were left out because the same model waits already
 * @since 0.1.0
 */
public record Adoption(Path backup, int waiting, int ended, int refused, int repeated) {

    /**
     * Brings such a file to the schema of this program. The file is either the old or the new one at any moment; nobody
     * else may write into it meanwhile.
     *
     * @param database the file
     * @param clock dates the backup, and entries whose time cannot be read
     * @return what was done, or nothing if there is no such file or it is not the predecessor's
     * @throws QueueStorageException if the file cannot be read or replaced; it is unchanged then
     */
    public static Optional<Adoption> adopt(Path database, Clock clock) {
        return PredecessorDatabase.at(database, clock)
                .map(predecessor -> predecessor.adopt())
                .map(outcome -> new Adoption(
                        outcome.backup(),
                        outcome.tally().waiting(),
                        outcome.tally().ended(),
                        outcome.tally().refused(),
                        outcome.tally().repeated()));
    }
}
