package io.github.ohhhllama.proxy;

import java.time.Instant;
import java.util.Objects;

/**
 * Says what a client waits for, and until when.
 *
 * @param wish what it wants
 * @param entry the number of the entry that will bring it
 * @param since since when it has been waiting
 * @param until when its patience ends
 */
record Vigil(Wish wish, long entry, Instant since, Instant until) {

    Vigil {
        Objects.requireNonNull(wish, "wish");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(until, "until");
    }
}
