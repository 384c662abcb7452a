package io.github.ohhhllama.proxy.internal.doctor;

import io.github.ohhhllama.proxy.internal.ollama.OllamaNeighbour;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is allowed but perhaps not meant, or will not work on this machine at the moment.
 *
 * @param settings valid settings
 */
public record SettingWarnings(ProxySettings settings) {

    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

    /** Returns the warnings as sentences; whether Ollama answers is tried, for a second at most. */
    public List<String> sentences() {
        return Stream.of(sharing(), database(), backend())
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns what listening there means, if others can reach it. */
    Optional<String> sharing() {
        String host = settings.listen().host();
        return EVERY_ADDRESS.contains(host)
                ? Optional.of("LISTEN_HOST " + host
                        + " lets everybody in the network use, change and delete models, as with Ollama itself.")
                : Optional.empty();
    }

    /** Returns that the database cannot be written, if so. */
    Optional<String> database() {
        Path file = settings.queue().database();
        Path directory = nearestExisting(file.toAbsolutePath().getParent());
        return directory == null || !Files.isWritable(directory)
                ? Optional.of("DB_PATH " + file + " cannot be written by this user.")
                : Optional.empty();
    }

    private Optional<String> backend() {
        return OllamaNeighbour.answers(settings.backend())
                ? Optional.empty()
                : Optional.of("nothing answers at OLLAMA_BACKEND "
                        + settings.backend().uri()
                        + "; the proxy starts nevertheless and answers 502 until something does.");
    }

    private static @Nullable Path nearestExisting(@Nullable Path directory) {
        Path candidate = directory;
        while (candidate != null && !Files.exists(candidate)) {
            candidate = candidate.getParent();
        }
        return candidate;
    }
}
