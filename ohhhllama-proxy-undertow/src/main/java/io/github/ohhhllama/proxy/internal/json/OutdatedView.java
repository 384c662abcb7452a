package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer to {@code GET /api/queue/outdated} as a client reads it.
 *
 * @param outdated the models of which there is a newer version
 */
public record OutdatedView(List<Model> outdated) {

    /**
     * Shows a model.
     *
     * @param model its name
     * @param installedDigest what is here
     * @param newestDigest what its registry has
     * @param size of the newest version, in bytes
     * @param pinned whether it stays as it is
     */
    public record Model(
            String model,
            @Json(name = "installed_digest") @Nullable String installedDigest,
            @Json(name = "newest_digest") @Nullable String newestDigest,
            long size,
            boolean pinned) {}
}
