package io.github.ohhhllama;

import java.util.List;
import java.util.Objects;

/**
 * Shows what is planned for one window. Immutable.
 *
 * @param window when downloads may run
 * @param stints what runs when, in order
 * @since 0.1.0
 */
public record Night(Window window, List<Stint> stints) {

    /** Checks that the window is there and copies the stints. */
    public Night {
        Objects.requireNonNull(window, "window");
        stints = List.copyOf(stints);
    }
}
