package io.github.ohhhllama.queue;

import io.github.ohhhllama.queue.internal.plan.Hours;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import java.time.Instant;
import java.util.Optional;

/** Decides when runs begin and end, as the clock says. */
interface Shifts {

    /** Closes the run that is over and opens the one that is due. Called by the drain's thread only. */
    void apply();

    /**
     * Tells whether downloads may run at a moment.
     *
     * @param run the run that is not finished, if there is one
     * @param now the moment
     */
    boolean isOpen(Optional<Run> run, Instant now);

    /**
     * Tells whether a run is over as soon as nothing is left to try.
     *
     * @param run a run that is not finished
     */
    boolean endsWhenEmpty(Run run);

    /**
     * Sets when a run that is under way ends, because a person says so; a window is made longer, never shorter.
     *
     * @param run the run as it was seen
     * @param until its end
     * @return whether it was still so; if not, nothing changed
     */
    boolean prolong(Run run, Instant until);

    /**
     * Returns when the queue starts next.
     *
     * @param now after this moment
     */
    Instant nextStart(Instant now);

    /**
     * Returns when downloads stop.
     *
     * @param run the run that is under way, if one is; else the next one is meant
     * @param now the moment
     * @return the end, or empty if that is when nothing is left to try
     */
    Optional<Instant> end(Optional<Run> run, Instant now);

    /**
     * Returns when the window opened that was open at a moment.
     *
     * @param moment the moment
     * @return the opening, or empty if none was open
     */
    Optional<Instant> windowOpened(Instant moment);

    /**
     * Returns when the queue runs by itself.
     *
     * @param now from this moment on
     */
    Hours hours(Instant now);
}
