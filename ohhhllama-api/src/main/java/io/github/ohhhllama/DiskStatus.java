package io.github.ohhhllama;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows how much room there is for models. All numbers are bytes, and 0 when there is a problem. Immutable.
 *
 * @param location the folder of the models, or empty if it is not on this machine
 * @param total how big the disk is
 * @param free how much of it is free
 * @param kept how much is to stay free
 * @param problem a sentence that says why the disk is not watched, or null if it is
 * @since 0.1.0
 */
public record DiskStatus(
        String location,
        long total,
        long free,
        long kept,
        @Nullable String problem) {

    /** Checks that the location is there. */
    public DiskStatus {
        Objects.requireNonNull(location, "location");
    }

    /** Returns why the disk is not watched, if it is not. */
    public Optional<String> trouble() {
        return Optional.ofNullable(problem);
    }
}
