package io.github.ohhhllama.queue;

import io.github.ohhhllama.QueueChange;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the latest change of each entry until somebody asks for it, in the order in which the entries changed first. What
 * came before is forgotten, and of too many entries the one that has waited longest is. Not thread-safe.
 */
final class PendingChanges {

    /** More entries than that change only where nobody has asked for anything in a long time. */
    static final int MOST = 1024;

    private static final long SHIFT = -1;

    private final Map<Long, QueueChange> changes = new LinkedHashMap<>();

    boolean isEmpty() {
        return changes.isEmpty();
    }

    void add(QueueChange change) {
        changes.merge(key(change), change, PendingChanges::latest);
        if (changes.size() > MOST) {
            take();
        }
    }

    /** Returns the change that has waited longest, and forgets it. */
    QueueChange take() {
        Iterator<QueueChange> eldest = changes.values().iterator();
        QueueChange change = eldest.next();
        eldest.remove();
        return change;
    }

    void clear() {
        changes.clear();
    }

    /** Progress does not make forget what happened before it, and nothing happens to what was taken out. */
    private static QueueChange latest(QueueChange before, QueueChange after) {
        if (before instanceof QueueChange.Removed) {
            return before;
        }
        if (before instanceof QueueChange.EntryChanged changed && after instanceof QueueChange.Progressed progressed) {
            return new QueueChange.EntryChanged(progressed.entry(), changed.event());
        }
        return after;
    }

    private static long key(QueueChange change) {
        return change.<Long>match(
                changed -> changed.entry().id(),
                removed -> removed.entry().id(),
                progressed -> progressed.entry().id(),
                ended -> SHIFT);
    }
}
