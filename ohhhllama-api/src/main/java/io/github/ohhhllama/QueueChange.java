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
     * Says that something happened to an entry; it is in the database by then.
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
     * Says that a window closed.
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
     * @param progressed for {@link Progressed}
     * @param ended for {@link ShiftEnded}
     * @param <T> what the functions make of it
     * @return what that function returned
     */
    default <T> T match(
            Function<? super EntryChanged, ? extends T> changed,
            Function<? super Progressed, ? extends T> progressed,
            Function<? super ShiftEnded, ? extends T> ended) {
        if (this instanceof EntryChanged change) {
            return changed.apply(change);
        }
        return this instanceof Progressed progress ? progressed.apply(progress) : ended.apply((ShiftEnded) this);
    }
}
