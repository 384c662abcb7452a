package io.github.ohhhllama.queue.internal.registry;

import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.Layer;
import io.github.ohhhllama.Manifest;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import java.util.List;

/** Finds out how much of a model is here already, layer by layer. Thread-safe. */
public final class Footprints {

    /** A question a layer takes half a millisecond; models of more layers would hold up who asks for them. */
    private static final int MOST_ASKED = 2000;

    private final OllamaClient ollama;

    /**
     * Creates it.
     *
     * @param ollama asked for each layer
     */
    public Footprints(OllamaClient ollama) {
        this.ollama = ollama;
    }

    /**
     * Returns what of a model is missing; all of it if Ollama cannot be asked, or not about so many layers. Of a layer that
     * was begun all counts as missing, since Ollama does not tell.
     *
     * @param manifest what the model consists of
     */
    public Footprint of(Manifest manifest) {
        if (manifest.layers().size() > MOST_ASKED) {
            return new Footprint(manifest, manifest.layers());
        }
        try {
            List<Layer> missing = manifest.layers().stream()
                    .filter(layer -> !ollama.hasBlob(layer.digest()))
                    .toList();
            return new Footprint(manifest, missing);
        } catch (OllamaException unknown) {
            return new Footprint(manifest, manifest.layers());
        }
    }
}
