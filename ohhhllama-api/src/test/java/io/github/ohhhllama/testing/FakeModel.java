package io.github.ohhhllama.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ohhhllama.Manifest;
import io.github.ohhhllama.ModelName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Describes a model of the simulated registry. Immutable.
 *
 * @param name its name
 * @param layerSizes the size of each layer in bytes, in the order of their download
 * @param revision counts up when the registry gets a newer version under the same name
 * @since 0.1.0
 */
public record FakeModel(ModelName name, List<Long> layerSizes, int revision) {

    /** Copies the list. */
    public FakeModel {
        layerSizes = List.copyOf(layerSizes);
    }

    /**
     * Returns a model with these layers.
     *
     * @param name its name, in any spelling Ollama accepts
     * @param layerSizes the size of each layer in bytes
     * @throws io.github.ohhhllama.InvalidModelNameException if that is no name
     */
    public static FakeModel of(String name, long... layerSizes) {
        List<Long> sizes = new ArrayList<>();
        for (long size : layerSizes) {
            sizes.add(size);
        }
        return new FakeModel(ModelName.parse(name), sizes, 1);
    }

    /** Returns the next version of this model: same sizes, other bytes. */
    public FakeModel updated() {
        return new FakeModel(name, layerSizes, revision + 1);
    }

    /** Returns the size of all layers in bytes. */
    public long size() {
        return layerSizes.stream().mapToLong(Long::longValue).sum();
    }

    /** Returns what {@code /api/tags} shows as digest: the SHA-256 of {@link #manifestJson}, 64 hex digits. */
    public String digest() {
        return hex(manifestJson());
    }

    /** Returns what a registry says the model consists of: the same digests and sizes as a pull of it shows. */
    public Manifest manifest() {
        return new Manifest(
                digest(),
                layers().stream()
                        .map(layer -> new io.github.ohhhllama.Layer(layer.digest(), layer.size()))
                        .toList());
    }

    /** Returns the manifest as a registry sends it. */
    public String manifestJson() {
        List<Object> layers = new ArrayList<>();
        for (Layer layer : layers()) {
            layers.add(new TreeMap<>(Map.of("digest", layer.digest(), "size", layer.size())));
        }
        return Json.object(
                "schemaVersion",
                2,
                "mediaType",
                "application/vnd.docker.distribution.manifest.v2+json",
                "layers",
                layers);
    }

    List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < layerSizes.size(); i++) {
            layers.add(new Layer("sha256:" + sha256("layer " + i), layerSizes.get(i)));
        }
        return layers;
    }

    private String sha256(String part) {
        return hex(name.key() + ' ' + revision + ' ' + part);
    }

    private static String hex(String text) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One blob of a model. */
    record Layer(String digest, long size) {

        /** Returns the twelve digits Ollama shows. */
        String shortDigest() {
            return digest.substring("sha256:".length(), "sha256:".length() + 12);
        }

        /** Returns some of its bytes; each follows from the digest and its place. */
        byte[] bytes(long from, int count) {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                long place = from + i;
                bytes[i] = (byte) (digest.charAt((int) (place % digest.length())) + place / digest.length());
            }
            return bytes;
        }
    }
}
