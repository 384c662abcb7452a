package io.github.ohhhllama.queue.internal.ollama;

import com.squareup.moshi.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the JSON objects that go to and come from Ollama, field by field. Whatever may be missing is null here; nothing
 * is checked, since a check that fails inside Moshi surfaces as an error of the JVM.
 */
final class Wire {

    private Wire() {}

    /** Answers {@code GET /api/version}. */
    public record Version(@Nullable String version) {}

    /** Answers {@code GET /api/tags}. */
    public record Tags(@Nullable List<@Nullable Tag> models) {}

    /** Describes one model in {@link Tags}. */
    public record Tag(
            @Nullable String name,
            @Nullable String model,
            @Nullable String digest,
            @Nullable Long size) {}

    /** Names the model of a question, or the one to delete. */
    public record Named(String model) {}

    /** Answers {@code POST /api/show}; most of the fields are left out here. */
    public record Show(@Nullable Details details, @Nullable List<@Nullable String> capabilities) {}

    /** Describes the model in {@link Show}. */
    public record Details(
            @Nullable String format,
            @Nullable String family,
            @Nullable @Json(name = "parameter_size") String parameterSize,
            @Nullable @Json(name = "quantization_level") String quantization) {}

    /** Asks for a pull; {@code insecure} is left out where it is null. */
    public record Pull(
            String model, boolean stream, @Nullable Boolean insecure) {}

    /** Carries one line of a running pull: progress, or an error that ends it. */
    public record PullLine(
            @Nullable String status,
            @Nullable String error,
            @Nullable String digest,
            @Nullable Long total,
            @Nullable Long completed) {}

    /** Carries an error in an answer that is not 2xx. */
    public record Failure(@Nullable String error) {}
}
