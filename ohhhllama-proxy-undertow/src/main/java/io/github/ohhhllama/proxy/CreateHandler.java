package io.github.ohhhllama.proxy;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.proxy.internal.client.RegistryRules;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.CreateBody;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /api/create}: Ollama downloads the model it is to start from if that is not here, so it is queued
 * instead. What is handed on was written anew, so that no second reading of it can find another model.
 */
final class CreateHandler implements HttpHandler {

    private final RegistryRules registries;
    private final InstalledModels installed;
    private final QueuedPulls queuedPulls;
    private final Relay relay;

    CreateHandler(RegistryRules registries, InstalledModels installed, QueuedPulls queuedPulls, Relay relay) {
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
        List<String> bases = body.from().isEmpty() ? body.legacyBases() : List.of(body.from());
        @Nullable String from = body.from().isEmpty() ? null : body.from();
        for (String base : remote ? List.<String>of() : bases) {
            ModelName model = ModelName.parse(base);
            if (model.cloud()) {
                continue;
            }
            Optional<ModelName> stored = installed.findNow(model);
            if (stored.isEmpty()) {
                // Ollama judges the name of what is to be made before it fetches anything.
                ModelName unused = ModelName.parse(body.model());
                queue(exchange, Wish.base(model, body.stream()));
                return;
            }
            // Ollama looks the base up in its exact case, and would download it in any other.
            from = from == null ? null : stored.get().display();
        }
        relay.relay(exchange, body.rebuilt(from));
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
