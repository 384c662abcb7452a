package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.Shortage;
import java.util.Optional;

/** Decides whether the disk has room for one download now; asked within the transaction that would claim it. */
@FunctionalInterface
public interface Fits {

    /** Lets every download begin. */
    Fits ALWAYS = stillNeeded -> Optional.empty();

    /**
     * Asks for room.
     *
     * @param stillNeeded bytes that the download still has to fetch
     * @return what lacks, or empty if there is room
     */
    Optional<Shortage> shortage(long stillNeeded);
}
