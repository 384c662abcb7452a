package io.github.ohhhllama;

import java.util.Objects;
import java.util.function.Function;

/**
 * Says what changed in a queue. Immutable, all kinds of it.
 *
 * @since 0.1.0
 */
public sealed interface QueueChange {

    /**
     * Says that something happened to an entry, or that there is a new one; it is in the database by then.
     *
     * @param entry the entry after it
     * @param event what happened
     */
    record EntryChanged(QueueEntry entry, EntryEvent event) implements QueueChange {

        /** Checks that both are there. */
        public EntryChanged {
            Objects.requireNonNull(entry, "entry");
            Objects.requireNonNull(event, "event");
        }
    }

    /**
     * Says that an entry was taken out of the queue, or out of the list of those that ended.
     *
     * @param entry the entry as it was
     */
    record Removed(QueueEntry entry) implements QueueChange {

        /** Checks that the entry is there. */
        public Removed {
            Objects.requireNonNull(entry, "entry");
        }
    }

    /**
     * Says how far a download is.
     *
     * @param entry the entry, with its progress
     */
    record Progressed(QueueEntry entry) implements QueueChange {

        /** Checks that the entry is there. */
        public Progressed {
            Objects.requireNonNull(entry, "entry");
        }
    }

    /**
     * Says that a run of the queue ended: its window closed, or nothing was left to try.
     *
     * @param summary what was done in it
     */
    record ShiftEnded(ShiftSummary summary) implements QueueChange {

        /** Checks that the summary is there. */
        public ShiftEnded {
            Objects.requireNonNull(summary, "summary");
        }
    }

    /**
     * Applies the function that fits.
     *
     * @param changed for {@link EntryChanged}
     * @param removed for {@link Removed}
     * @param progressed for {@link Progressed}
     * @param ended for {@link ShiftEnded}
     * @param <T> what the functions make of it
     * @return what that function returned
     */
    default <T> T match(
            Function<? super EntryChanged, ? extends T> changed,
            Function<? super Removed, ? extends T> removed,
            Function<? super Progressed, ? extends T> progressed,
            Function<? super ShiftEnded, ? extends T> ended) {
        if (this instanceof EntryChanged change) {
            return changed.apply(change);
        }
        if (this instanceof Removed removal) {
            return removed.apply(removal);
        }
        return this instanceof Progressed progress ? progressed.apply(progress) : ended.apply((ShiftEnded) this);
    }
}
