package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Hold;
import io.github.ohhhllama.Shortage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out why an entry is not being downloaded. What only a person can lift weighs most, then the disk, which may need
 * one, then what the clock lifts, and the others in the queue least. Immutable.
 */
final class Reasons {

    private final Situation situation;
    private final Holds holds;
    private final Optional<Instant> opening;

    Reasons(Situation situation, Outlook outlook, Holds holds) {
        this.situation = situation;
        this.holds = holds;
        this.opening = outlook.opening();
    }

    /** Returns the reasons, the weightiest first; none for what is running or may begin at once. */
    List<Hold> of(Job job) {
        List<Hold> found = new ArrayList<>();
        if (job.isRunning()) {
            return found;
        }
        Instant now = situation.now();
        situation.obstacles().pausedAt(now).ifPresent(found::add);
        Shortage shortage = situation.obstacles().shortages().get(job.entry().id());
        if (shortage != null) {
            found.add(holds.disk(shortage));
        }
        if (!job.permitted() && opening.map(now::isBefore).orElse(true)) {
            found.add(holds.window(opening.orElse(null), job.isBegun()));
        }
        Instant nextAt = job.entry().attempts().nextAt();
        if (nextAt != null && nextAt.isAfter(now)) {
            found.add(holds.retry(nextAt));
        }
        if (job.others() > 0) {
            found.add(holds.turn(job.others()));
        }
        return found;
    }
}
