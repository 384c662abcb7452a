package io.github.ohhhllama.proxy;

import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.proxy.internal.client.RegistryRules;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.CreateBody;
import io.github.ohhhllama.proxy.internal.json.CreateLines;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.ArrayList;
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
        List<ModelName> bases = bases(body);
        @Nullable String from = body.from().isEmpty() ? null : body.from();
        for (ModelName model : bases) {
            if (model.cloud()) {
                continue;
            }
            Optional<ModelName> stored = installed.findNow(model);
            if (stored.isEmpty()) {
                // Ollama judges the rest of the request before it fetches anything.
                body.check();
                check(body.model());
                queue(exchange, Wish.base(model, body.stream()));
                return;
            }
            // Ollama looks the base up in its exact case, and would download it in any other. How it has written the
            // default host and namespace is not in its list, so what was sent is the best that is known.
            boolean exact = stored.get().display().equals(model.display());
            from = from == null || exact ? from : stored.get().display();
        }
        if (bases.isEmpty()) {
            relay.relay(exchange, body.rebuilt(from));
        } else {
            byte[] rebuilt = body.stream() ? body.rebuilt(from) : body.rebuiltAsStream(from);
            relay.relay(exchange, rebuilt, judge(bases.get(0), body.stream()));
        }
    }

    private CreateJudge judge(ModelName base, boolean stream) {
        return new CreateJudge(
                new CreateLines(base.cloud() ? CloudPulls.MOST_BYTES : 0),
                stream,
                exchange -> Answers.guarded(exchange, () -> queue(exchange, Wish.base(base, stream))));
    }

    /** Returns the models that Ollama starts from, and would download; none if the result is to be a stub. */
    private List<ModelName> bases(CreateBody body) throws BadBodyException {
        List<ModelName> bases = new ArrayList<>();
        if (body.remoteHost().isEmpty()) {
            for (String base : names(body)) {
                bases.add(named(base, ModelName::parse));
            }
        }
        return bases;
    }

    private List<String> names(CreateBody body) {
        if (!body.from().isEmpty()) {
            return List.of(body.from());
        }
        List<String> legacy = body.legacyBases();
        return legacy.isEmpty() || !CreateBody.isModelfileRead(ollama.version()) ? List.of() : legacy;
    }

    private static void check(String name) throws BadBodyException {
        ModelName unused = named(name, ModelName::stored);
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
