package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.queue.internal.window.Timetable;
import java.time.Instant;
import java.util.Objects;

/** Says when the queue runs by itself. */
public sealed interface Hours {

    /**
     * Is while a window is open.
     *
     * @param timetable knows the windows
     */
    record Windows(Timetable timetable) implements Hours {

        /** Checks that the timetable is there. */
        public Windows {
            Objects.requireNonNull(timetable, "timetable");
        }
    }

    /**
     * Is from a start until nothing is left to do.
     *
     * @param start the next start; a run that is under way is {@link Overtime} without an end
     */
    record UntilEmpty(Instant start) implements Hours {

        /** Checks that the start is there. */
        public UntilEmpty {
            Objects.requireNonNull(start, "start");
        }
    }
}
