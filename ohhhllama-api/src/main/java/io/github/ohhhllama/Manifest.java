package io.github.ohhhllama;

import java.util.List;
import java.util.Objects;

/**
 * Lists what a model consists of, as its registry has it. Immutable.
 *
 * @param digest the SHA-256 of the manifest's bytes, 64 hex digits without a prefix, as {@link InstalledModel#digest}
 * @param layers its files, the configuration among them, each digest once
 * @since 0.1.0
 */
public record Manifest(String digest, List<Layer> layers) {

    /** Copies the layers, of which each digest is kept once. */
    public Manifest {
        Objects.requireNonNull(digest, "digest");
        layers = layers.stream().distinct().toList();
    }

    /** Returns the size of all layers, in bytes. */
    public long size() {
        return layers.stream().mapToLong(Layer::size).sum();
    }
}
