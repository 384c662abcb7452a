package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Tells which windows open on which day, each for itself: they may overlap. Implementations are immutable. */
interface Openings {

    /**
     * Returns the windows that open on some days of the place they are meant for.
     *
     * @param first the first day
     * @param last the last day
     * @return the windows in any order
     */
    List<Window> between(LocalDate first, LocalDate last);

    /**
     * Returns a day before which nothing opens.
     *
     * @param day the first day that counts
     * @return this day or a later one, or empty if nothing opens any more
     */
    Optional<LocalDate> from(LocalDate day);

    /** Returns on how many days after the one it opens a window may still be open, at most. */
    int days();
}
