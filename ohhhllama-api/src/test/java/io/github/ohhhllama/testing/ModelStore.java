package io.github.ohhhllama.testing;

import io.github.ohhhllama.ModelName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Holds what the simulated registry offers and what the simulated Ollama has. Thread-safe. */
final class ModelStore {

    /** A model that is here. */
    record Installed(FakeModel model, Instant modifiedAt) {}

    private static final Instant FIRST_CHANGE = Instant.parse("2026-01-01T00:00:00.123456789Z");

    private final Map<ModelName, FakeModel> offered = new HashMap<>();
    private final Map<ModelName, Installed> installed = new HashMap<>();
    private final Map<String, Long> bytes = new HashMap<>();
    private final Set<String> blobs = new HashSet<>();
    private long changes;

    synchronized void offer(FakeModel model) {
        offered.put(model.name(), model);
    }

    synchronized Optional<FakeModel> offered(ModelName name) {
        return Optional.ofNullable(offered.get(name));
    }

    /** Makes a model present, bytes and all. */
    synchronized void install(FakeModel model) {
        for (FakeModel.Layer layer : model.layers()) {
            bytes.put(layer.digest(), layer.size());
        }
        // A pull takes the stored spelling where a stored name differs by case only.
        Installed before = installed.get(model.name());
        FakeModel stored =
                before == null ? model : new FakeModel(before.model().name(), model.layerSizes(), model.revision());
        installed.put(stored.name(), new Installed(stored, FIRST_CHANGE.plusSeconds(changes++)));
    }

    synchronized Optional<Installed> installed(ModelName name) {
        return Optional.ofNullable(installed.get(name));
    }

    /** Returns what is here, newest first. */
    synchronized List<Installed> installed() {
        return installed.values().stream()
                .sorted(Comparator.comparing(Installed::modifiedAt).reversed())
                .toList();
    }

    synchronized boolean remove(ModelName name) {
        Installed gone = installed.remove(name);
        if (gone == null) {
            return false;
        }
        for (FakeModel.Layer layer : gone.model().layers()) {
            bytes.remove(layer.digest());
        }
        return true;
    }

    synchronized long downloaded(FakeModel.Layer layer) {
        return bytes.getOrDefault(layer.digest(), 0L);
    }

    synchronized long downloaded(FakeModel model) {
        return model.layers().stream().mapToLong(this::downloaded).sum();
    }

    /** Adds bytes to a layer, whoever brought them, and returns how many of it are here. */
    synchronized long add(FakeModel.Layer layer, long count) {
        long here = Math.min(layer.size(), downloaded(layer) + count);
        bytes.put(layer.digest(), here);
        return here;
    }

    /** Tells whether a blob is here to its last byte; what of one is here before that lies in another file. */
    synchronized boolean hasBlob(String digest) {
        String blob = digest.replace('-', ':');
        return blobs.contains(blob)
                || Stream.concat(
                                offered.values().stream(),
                                installed.values().stream().map(Installed::model))
                        .flatMap(model -> model.layers().stream())
                        .anyMatch(
                                layer -> layer.digest().equals(blob) && bytes.getOrDefault(blob, -1L) == layer.size());
    }

    synchronized void addBlob(String digest) {
        blobs.add(digest.replace('-', ':'));
    }
}
