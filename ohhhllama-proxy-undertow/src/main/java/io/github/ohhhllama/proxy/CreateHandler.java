package io.github.ohhhllama.proxy;

import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.proxy.internal.client.RegistryRules;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.CreateBody;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /api/create}: Ollama downloads the model it is to start from if that is not here, so it is queued
 * instead. What is handed on was written anew, so that no second reading of it can find another model.
 */
final class CreateHandler implements HttpHandler {

    private final OllamaClient ollama;
    private final RegistryRules registries;
    private final InstalledModels installed;
    private final QueuedPulls queuedPulls;
    private final Relay relay;

    CreateHandler(
            OllamaClient ollama,
            RegistryRules registries,
            InstalledModels installed,
            QueuedPulls queuedPulls,
            Relay relay) {
        this.ollama = ollama;
        this.registries = registries;
        this.installed = installed;
        this.queuedPulls = queuedPulls;
        this.relay = relay;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        RequestBody.read(exchange, RequestBody.LARGE, this::create);
    }

    private void create(HttpServerExchange exchange, byte[] bytes) throws BadBodyException {
        CreateBody body = CreateBody.parse(bytes);
        boolean remote = !body.remoteHost().isEmpty();
        @Nullable String from = body.from().isEmpty() ? null : body.from();
        for (String base : remote ? List.<String>of() : bases(body)) {
            ModelName model = named(base, ModelName::parse);
            if (model.cloud()) {
                continue;
            }
            Optional<ModelName> stored = installed.findNow(model);
            if (stored.isEmpty()) {
                // Ollama judges the rest of the request before it fetches anything.
                body.check();
                ModelName unused = named(body.model(), ModelName::stored);
                queue(exchange, Wish.base(model, body.stream()));
                return;
            }
            // Ollama looks the base up in its exact case, and would download it in any other. How it has written the
            // default host and namespace is not in its list, so what was sent is the best that is known.
            boolean exact = stored.get().display().equals(model.display());
            from = from == null || exact ? from : stored.get().display();
        }
        relay.relay(exchange, body.rebuilt(from));
    }

    private List<String> bases(CreateBody body) {
        if (!body.from().isEmpty()) {
            return List.of(body.from());
        }
        List<String> legacy = body.legacyBases();
        return legacy.isEmpty() || !CreateBody.isModelfileRead(ollama.version()) ? List.of() : legacy;
    }

    /** What is wrong with a name is not told here: Ollama tells it of pulls only. */
    private static ModelName named(String name, Function<String, ModelName> grammar) throws BadBodyException {
        try {
            return grammar.apply(name);
        } catch (InvalidModelNameException invalid) {
            throw new BadBodyException("invalid model name");
        }
    }

    private void queue(HttpServerExchange exchange, Wish wish) {
        Optional<String> refusal = registries.refusal(wish.model());
        if (refusal.isPresent()) {
            queuedPulls.forbid(exchange, refusal.get());
        } else {
            queuedPulls.enqueue(exchange, wish);
        }
    }
}
