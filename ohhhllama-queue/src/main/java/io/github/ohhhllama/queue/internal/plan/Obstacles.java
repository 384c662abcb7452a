package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Hold;
import io.github.ohhhllama.Shortage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what keeps entries from running even when they may.
 *
 * @param pause the pause made by hand, or null if there is none
 * @param shortages which entries lack room on the disk, by their numbers
 */
public record Obstacles(@Nullable Hold pause, Map<Long, Shortage> shortages) {

    /** Is in nobody's way. */
    public static final Obstacles NONE = new Obstacles(null, Map.of());

    /** Copies the shortages. */
    public Obstacles {
        shortages = Map.copyOf(shortages);
    }

    /** Returns the pause made by hand, if it lasts at that moment. */
    Optional<Hold> pausedAt(Instant moment) {
        return Optional.ofNullable(pause)
                .filter(hold -> hold.lifted().map(moment::isBefore).orElse(true));
    }
}
