package io.github.ohhhllama;

import java.util.Objects;

/**
 * Describes a model that Ollama has. Immutable.
 *
 * @param name its name
 * @param digest the SHA-256 of its manifest, 64 hex digits without a prefix
 * @param size its size in bytes
 * @since 0.1.0
 */
public record InstalledModel(ModelName name, String digest, long size) {

    /** Checks that name and digest are there. */
    public InstalledModel {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(digest, "digest");
    }
}
