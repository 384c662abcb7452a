package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Window;
import java.time.Instant;

/**
 * Is a piece of the time ahead. All moments are epoch milliseconds.
 *
 * @param from its first moment
 * @param to the first moment after it
 * @param kind who may run in it
 */
record Stretch(long from, long to, Kind kind) {

    /** Says who may run, and when the stretch is over. */
    enum Kind {
        /** A window: everybody runs until it closes. */
        WINDOW,
        /** A run without an end: everybody runs, until nothing is left to do. */
        UNTIL_EMPTY,
        /** Between windows: only who has a permit runs. */
        GAP
    }

    boolean admits(Job job) {
        return kind != Kind.GAP || job.permitted();
    }

    /** Returns both together; the other one begins no earlier, and no later than where this one ends. */
    Stretch with(Stretch other) {
        boolean endless = kind == Kind.UNTIL_EMPTY || other.kind == Kind.UNTIL_EMPTY;
        return new Stretch(from, Math.max(to, other.to), endless ? Kind.UNTIL_EMPTY : Kind.WINDOW);
    }

    /** Returns the window to show for it: of anything but a window just what is used. */
    Window shown(Instant firstUsed, Instant lastUsed) {
        if (kind == Kind.WINDOW) {
            return new Window(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
        }
        Instant opens = kind == Kind.GAP ? firstUsed : Instant.ofEpochMilli(from);
        // What only had to be looked at takes no time.
        return new Window(opens, lastUsed.isAfter(opens) ? lastUsed : opens.plusMillis(1));
    }
}
