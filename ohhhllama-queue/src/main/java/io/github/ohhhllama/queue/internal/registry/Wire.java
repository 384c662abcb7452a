package io.github.ohhhllama.queue.internal.registry;

import com.squareup.moshi.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names the JSON objects that come from registries, field by field. Whatever may be missing is null here. */
final class Wire {

    private Wire() {}

    /** Is what Ollama reads of a manifest (its {@code manifest/manifest.go}, v0.33). */
    public record Manifest(
            @Nullable String mediaType,
            @Nullable File config,
            @Nullable List<@Nullable File> layers) {}

    /** Is one file in a {@link Manifest}. */
    public record File(@Nullable String digest, @Nullable Long size) {}

    /** Answers the question for a token; registries use either name. */
    public record Token(
            @Nullable String token,
            @Json(name = "access_token") @Nullable String accessToken) {}
}
