package io.github.ohhhllama.queue.internal.registry;

import io.github.ohhhllama.ModelName;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Is where the manifest of a model lies: {@code /v2/{namespace}/{model}/manifests/{tag}} on its registry.
 *
 * @param registry scheme, host and port: what fails as one, and is left in peace as one
 * @param namespace whose model it is
 * @param model the model
 * @param tag which of its variants
 * @param host the registry as the name spells it, with its port if it names one
 */
record Question(HttpUrl registry, String namespace, String model, String tag, String host) {

    private static final String DEFAULT_NAMESPACE = "library";
    private static final HttpUrl DEFAULT_REGISTRY = HttpUrl.get("https://registry.ollama.ai/");

    /**
     * Returns the address that Ollama would ask (its {@code server/images.go}, v0.33): always plain HTTP where the user
     * allowed it, even for a registry that knows HTTPS. Empty if the name's host is no host of a URL, such as
     * {@code a:b:c}.
     */
    static Optional<Question> of(ModelName model, boolean insecure) {
        return registry(model, insecure)
                .map(registry -> new Question(registry, namespace(model), model.model(), model.tag(), model.host()));
    }

    /** Returns the whole address. */
    HttpUrl url() {
        return registry.newBuilder()
                .addPathSegment("v2")
                .addPathSegment(namespace)
                .addPathSegment(model)
                .addPathSegment("manifests")
                .addPathSegment(tag)
                .build();
    }

    private static Optional<HttpUrl> registry(ModelName model, boolean insecure) {
        return model.isOnDefaultHost() && !insecure
                ? Optional.of(DEFAULT_REGISTRY)
                : Optional.ofNullable(HttpUrl.parse((insecure ? "http://" : "https://") + model.host() + '/'));
    }

    /** Ollama shortens a name and reads it again before it asks, so that {@code Library} is the default, too. */
    private static String namespace(ModelName model) {
        boolean isDefault = model.isOnDefaultHost() && model.namespace().equalsIgnoreCase(DEFAULT_NAMESPACE);
        return isDefault ? DEFAULT_NAMESPACE : model.namespace();
    }
}
