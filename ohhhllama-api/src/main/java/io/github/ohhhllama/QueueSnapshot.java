package io.github.ohhhllama;

import java.util.List;

/**
 * Shows the whole queue at one moment; all three parts come from one transaction. Immutable.
 *
 * @param counts how many entries are in each state
 * @param queue the active entries of the page that was asked for, in the order of their download
 * @param recent the entries that ended last, newest first, 20 at most
 * @since 0.1.0
 */
public record QueueSnapshot(QueueCounts counts, List<QueueEntry> queue, List<QueueEntry> recent) {

    /** Copies both lists. */
    public QueueSnapshot {
        queue = List.copyOf(queue);
        recent = List.copyOf(recent);
    }
}
