package io.github.ohhhllama;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows whether the queue's database works. Immutable.
 *
 * @param location where it is: a file's path
 * @param problem a sentence that says what is wrong, or null when it works
 * @since 0.1.0
 */
public record StorageStatus(String location, @Nullable String problem) {

    /** Checks that the location is there. */
    public StorageStatus {
        Objects.requireNonNull(location, "location");
    }

    /** Returns what is wrong, if anything is. */
    public Optional<String> trouble() {
        return Optional.ofNullable(problem);
    }
}
