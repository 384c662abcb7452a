package io.github.ohhhllama.proxy.internal.settings;

import java.util.Arrays;
import java.util.Optional;

/**
 * Lists the names that a settings file of the bash and Python ohhhllama may hold beside those that are settings here as
 * well. A file with them goes on to work; what they did is said to be gone.
 */
enum FormerSetting {
    DISK_THRESHOLD("DISK_MIN_FREE says how much of the disk stays free, for instance 10%"),
    OLLAMA_CONTAINER("Ollama is reached by OLLAMA_BACKEND"),
    HF_CACHE_DIR("models of Hugging Face are pulled by Ollama, as hf.co/NAME/REPOSITORY"),
    HF_TOKEN("models of Hugging Face are pulled by Ollama, as hf.co/NAME/REPOSITORY; the token may be removed"),
    HF_BACKEND_SCRIPT("models of Hugging Face are pulled by Ollama, as hf.co/NAME/REPOSITORY"),
    HF_VENV("models of Hugging Face are pulled by Ollama, as hf.co/NAME/REPOSITORY"),
    DEFAULT_QUANT("the file is named in the model, as hf.co/NAME/REPOSITORY:Q4_K_M"),
    DOCKER_SAVE_DIR("Docker images are not fetched any more");

    private final String instead;

    FormerSetting(String instead) {
        this.instead = instead;
    }

    /**
     * Looks a name up.
     *
     * @param name as it stands in a file
     */
    static Optional<FormerSetting> named(String name) {
        return Arrays.stream(values())
                .filter(former -> former.name().equals(name))
                .findFirst();
    }

    /** Returns what to know about it. */
    String sentence() {
        return name() + " has no effect any more: " + instead;
    }
}
