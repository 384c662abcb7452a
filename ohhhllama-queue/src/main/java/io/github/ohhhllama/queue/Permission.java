package io.github.ohhhllama.queue;

import io.github.ohhhllama.Hold;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.plan.Holds;
import io.github.ohhhllama.queue.internal.sqlite.Claim;
import io.github.ohhhllama.queue.internal.sqlite.HoldStore;
import io.github.ohhhllama.queue.internal.sqlite.Run;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says whether anything may be downloaded now. Thread-safe.
 *
 * <p>What the database said last counts for as long as it cannot be asked; what the clock says counts always.
 */
final class Permission {

    private final HoldStore holds;
    private final RunBook runs;
    private final Shifts shifts;
    private final Supplier<ZoneId> zone;
    private final Clock clock;
    private volatile Optional<Run> lastRun = Optional.empty();
    private volatile Optional<HoldStore.Standing> lastPause = Optional.empty();

    Permission(HoldStore holds, RunBook runs, Shifts shifts, Supplier<ZoneId> zone, Clock clock) {
        this.holds = holds;
        this.runs = runs;
        this.shifts = shifts;
        this.zone = zone;
        this.clock = clock;
    }

    /** Returns the pause that somebody made by hand, if it lasts. */
    Optional<HoldStore.Standing> pause() {
        lastPause = holds.find(Hold.Cause.MANUAL);
        return lastPause;
    }

    /**
     * Says why a download must not go on.
     *
     * @param claim the right to it
     * @return the reason, or empty if it may
     */
    Optional<Ending> objection(Claim claim) {
        refresh();
        Instant now = clock.instant();
        Optional<HoldStore.Standing> held =
                lastPause.filter(pause -> pause.until() == null || now.isBefore(pause.until()));
        if (held.isPresent()) {
            Hold pause = new Holds(now, zone.get()).manual(held.get().until());
            return Optional.of(new Ending.Paused(pause.words(), false));
        }
        if (claim.permit() || shifts.isOpen(lastRun, now)) {
            return Optional.empty();
        }
        return Optional.of(new Ending.Paused(
                new Holds(now, zone.get()).window(shifts.nextStart(now), true).words(), true));
    }

    /**
     * Returns when the window opened that was open at a moment.
     *
     * @param moment the moment
     * @return the opening, or null if none was open
     */
    @Nullable Instant windowOpened(Instant moment) {
        return shifts.windowOpened(moment).orElse(null);
    }

    private void refresh() {
        try {
            lastRun = runs.current();
            pause();
        } catch (QueueStorageException trouble) {
            // What was known a second ago is the best there is.
        }
    }
}
