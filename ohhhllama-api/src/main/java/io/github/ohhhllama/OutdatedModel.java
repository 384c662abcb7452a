package io.github.ohhhllama;

import java.util.Objects;

/**
 * Is a model that is here, and has a newer version in its registry. Immutable.
 *
 * @param installed what is here
 * @param newest what the registry has
 * @param pinned whether it stays as it is all the same
 * @since 0.1.0
 */
public record OutdatedModel(InstalledModel installed, Manifest newest, boolean pinned) {

    /** Checks that both are there. */
    public OutdatedModel {
        Objects.requireNonNull(installed, "installed");
        Objects.requireNonNull(newest, "newest");
    }
}
