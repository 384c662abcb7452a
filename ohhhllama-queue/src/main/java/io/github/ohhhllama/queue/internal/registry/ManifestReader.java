package io.github.ohhhllama.queue.internal.registry;

import io.github.ohhhllama.Layer;
import io.github.ohhhllama.Manifest;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.RegistryAnswer;
import io.github.ohhhllama.queue.internal.ollama.FailureTable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Turns what a registry sends into what Ollama would make of it (its {@code server/images.go}, v0.33). */
final class ManifestReader {

    /** What Ollama says in front of everything that goes wrong before the first byte. */
    private static final String PREFIX = "pull model manifest: ";

    private static final Pattern DIGEST = Pattern.compile("sha256[:-][0-9a-fA-F]{64}");
    private static final long MOST_BYTES = 4 * 1024 * 1024;

    /** No model has a pebibyte, and sums of such sizes stay far from the end of a long. */
    private static final long MOST_SIZE = 1L << 50;

    private static final long MOST_WORDS = 8 * 1024;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private ManifestReader() {}

    /**
     * Reads an answer that is not a passing trouble.
     *
     * @param response the answer, open
     * @param host the registry, as the model's name spells it
     * @throws UnlikeRegistryException if no registry answers like that
     * @throws IOException if the connection breaks
     */
    static RegistryAnswer read(Response response, String host) throws IOException {
        int status = response.code();
        if (status < HttpURLConnection.HTTP_BAD_REQUEST) {
            Body body = Body.read(response, MOST_BYTES);
            return manifest(body.json(Wire.Manifest.class), body.digest(), host);
        }
        return switch (status) {
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new RegistryAnswer.Refused(PullFailure.UNKNOWN_MODEL, PREFIX + "file does not exist");
            case HttpURLConnection.HTTP_UNAUTHORIZED -> unauthorized(response, host);
            case PROXY_AUTHENTICATION_REQUIRED ->
                throw new UnlikeRegistryException("is behind a proxy that wants a login");
            default -> refusal(response);
        };
    }

    /** Tells whether a status says nothing about the model: the registry is busy, or in trouble. */
    static boolean isPassing(int status) {
        return switch (status) {
            case 408, 425, 429, 499 -> true;
            default -> status >= 500;
        };
    }

    /** With its key Ollama may get in where nobody else does, unless it is not told where to show it. */
    private static RegistryAnswer unauthorized(Response response, String host) {
        return AnonymousTokens.realm(response).contains("//")
                ? new RegistryAnswer.Unreachable(host + " asks for a login that only Ollama has")
                : new RegistryAnswer.Refused(
                        PullFailure.REFUSED, PREFIX + "realm host \"\" does not match original host \"" + host + '"');
    }

    private static RegistryAnswer refusal(Response response) throws IOException {
        MediaType type = response.body().contentType();
        if (type != null && type.subtype().contains("html")) {
            // Registries speak JSON; a page comes from something in between, and may not be there for Ollama.
            throw new UnlikeRegistryException("answered " + response.code() + " with a web page");
        }
        String words =
                PREFIX + response.code() + ": " + response.peekBody(MOST_WORDS).string();
        PullFailure failure = FailureTable.ofText(words);
        if (failure.cure() != PullFailure.Cure.GIVE_UP) {
            throw new UnlikeRegistryException("answered " + response.code());
        }
        return new RegistryAnswer.Refused(failure, words);
    }

    private static RegistryAnswer manifest(Wire.Manifest wire, String digest, String host)
            throws UnlikeRegistryException {
        List<Wire.@Nullable File> files = new ArrayList<>(wire.layers() == null ? List.of() : wire.layers());
        Wire.File config = wire.config();
        if (config != null && config.digest() != null && !config.digest().isEmpty()) {
            files.add(config);
        }
        if (files.isEmpty()) {
            return new RegistryAnswer.Refused(
                    PullFailure.UNSUPPORTED,
                    host + " lists no layers for this name, so it is no model (media type " + wire.mediaType() + ')');
        }
        Map<String, Layer> layers = new LinkedHashMap<>();
        long total = 0;
        for (Wire.@Nullable File file : files) {
            String layer = file == null || file.digest() == null ? "" : file.digest();
            if (!DIGEST.matcher(layer).matches()) {
                return new RegistryAnswer.Refused(PullFailure.UNSUPPORTED, "invalid digest format");
            }
            layers.putIfAbsent(layer, new Layer(layer.replace('-', ':'), size(file)));
            total += size(file);
            if (total > MOST_SIZE) {
                throw new UnlikeRegistryException("lists a model of more than " + MOST_SIZE + " bytes");
            }
        }
        return new RegistryAnswer.Found(new Manifest(digest, List.copyOf(layers.values())));
    }

    private static long size(Wire.@Nullable File file) throws UnlikeRegistryException {
        if (file == null || file.size() == null || file.size() < 0) {
            throw new UnlikeRegistryException("lists a layer without a size");
        }
        return Math.min(file.size(), MOST_SIZE + 1);
    }
}
