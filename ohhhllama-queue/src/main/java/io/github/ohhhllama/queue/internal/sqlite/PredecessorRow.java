package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is a row of the predecessor's queue.
 *
 * @param model what to fetch; the repository if it is one of Hugging Face
 * @param kind {@code ollama}, {@code huggingface} or {@code docker}
 * @param quantisation which file of a Hugging Face repository
 * @param requester who asked
 * @param status the same words as ours
 * @param error what went wrong
 * @param createdAt when it was asked for
 * @param updatedAt when it changed
 */
record PredecessorRow(
        String model,
        String kind,
        @Nullable String quantisation,
        String requester,
        String status,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt) {

    /** Returns what Ollama would have to pull: it takes repositories of Hugging Face by their address. */
    String spelling() {
        if (!kind.equals("huggingface")) {
            return model;
        }
        return "hf.co/" + model + (quantisation == null ? "" : ":" + quantisation);
    }

    /** Returns the state, a download that was under way being one that waits again. */
    EntryState state() {
        return switch (status) {
            case "completed" -> EntryState.COMPLETED;
            case "failed" -> EntryState.FAILED;
            default -> obstacle().isEmpty() ? EntryState.PENDING : EntryState.FAILED;
        };
    }

    /** Tells whether it waited and cannot go on waiting. */
    boolean isRefused() {
        return state() == EntryState.FAILED && !status.equals("failed");
    }

    /** Returns why Ollama cannot pull this. */
    Optional<String> obstacle() {
        if (kind.equals("docker")) {
            return Optional.of("a Docker image, which Ollama cannot pull: use docker pull");
        }
        if (kind.equals("huggingface") && !model.toLowerCase(Locale.ROOT).contains("gguf")) {
            return Optional.of("a Hugging Face repository without GGUF files, which Ollama cannot pull");
        }
        return name().isPresent() ? Optional.empty() : Optional.of(Entries.INVALID_NAME);
    }

    /** Returns the name if it is one. */
    Optional<ModelName> name() {
        try {
            return Optional.of(ModelName.parse(spelling()));
        } catch (InvalidModelNameException invalid) {
            return Optional.empty();
        }
    }
}
