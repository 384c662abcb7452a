package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.Shortage;
import java.util.Optional;

/** Decides whether the disk has room for another model; asked within the transaction that would store it. */
@FunctionalInterface
public interface Admission {

    /** Lets every model in. */
    Admission ALWAYS = (needed, reserved) -> Optional.empty();

    /**
     * Asks for room.
     *
     * @param needed bytes of the model's missing layers that no active entry lacks as well
     * @param reserved bytes that the active entries still need; layers that several share count once
     * @return what lacks, or empty if there is room
     */
    Optional<Shortage> shortage(long needed, long reserved);
}
