package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells when downloads may run. Windows never overlap and never touch. Implementations are thread-safe. */
public interface Timetable {

    /** Is one window without an end. */
    Timetable ALWAYS = new Timetable() {
        @Override
        public Optional<Window> at(Instant moment) {
            return Optional.of(new Window(Instant.EPOCH, CronSchedule.NEVER));
        }

        @Override
        public Optional<Window> next(Instant moment) {
            return Optional.empty();
        }
    };

    /**
     * Returns the window that is open at a moment, if one is.
     *
     * @param moment the moment
     */
    Optional<Window> at(Instant moment);

    /**
     * Returns the first window that opens after a moment.
     *
     * @param moment the moment; a window that opens right then is not meant
     * @return the window, or empty if none opens any more
     */
    Optional<Window> next(Instant moment);

    /**
     * Lists the coming windows.
     *
     * @param moment from when on
     * @param count how many at most
     * @return the window that is open at that moment, if one is, and those that open after it, in order
     */
    default List<Window> list(Instant moment, int count) {
        Optional<Window> first = at(moment).or(() -> next(moment));
        return Stream.iterate(first, Optional::isPresent, last -> last.flatMap(window -> next(window.opens())))
                .limit(count)
                .flatMap(Optional::stream)
                .toList();
    }
}
