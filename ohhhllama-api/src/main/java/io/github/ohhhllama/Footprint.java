package io.github.ohhhllama;

import java.util.List;
import java.util.Objects;

/**
 * Tells how big a model is, and how much of it is not here yet. Immutable.
 *
 * @param manifest what the model consists of
 * @param missing those of its layers that Ollama does not have
 * @since 0.1.0
 */
public record Footprint(Manifest manifest, List<Layer> missing) {

    /** Checks that the manifest is there and copies the layers. */
    public Footprint {
        Objects.requireNonNull(manifest, "manifest");
        missing = List.copyOf(missing);
    }

    /** Returns the size of the whole model, in bytes. */
    public long size() {
        return manifest.size();
    }

    /** Returns how many bytes are to be fetched. */
    public long missingBytes() {
        return missing.stream().mapToLong(Layer::size).sum();
    }
}
