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
import io.undertow.util.StatusCodes;
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

    private static final String UNKNOWN_BASE =
            "this create was ended, since Ollama began to download a model that it starts "
                    + "from: pull that model, which is queued then, and send the request again when it is here";

    /** A large body takes several times its size while it is judged and written anew. */
    private final Places places = new Places(1);

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
        RequestBody.read(exchange, RequestBody.LARGE, places, this::create);
    }

    private void create(HttpServerExchange exchange, byte[] bytes) throws BadBodyException {
        CreateBody body = CreateBody.parse(bytes);
        boolean modelfile = body.hasModelfile() && CreateBody.isModelfileRead(ollama.version());
        if (body.from().isEmpty() && !modelfile) {
            relay.relay(exchange, body.rebuilt(null, false));
            return;
        }
        // Ollama judges the rest of the request before it looks at the model to start from.
        body.check();
        requireName(body.model());
        List<ModelName> bases = bases(body, modelfile);
        // To a remote host no model is needed here; where Ollama does not know of such, its progress will show it.
        if (body.remoteHost().isEmpty()) {
            for (ModelName base : bases) {
                if (installed.findNow(base).isEmpty() && isAnswered(exchange, base, body.stream())) {
                    return;
                }
            }
        }
        relay.relay(exchange, body.rebuilt(from(body), true), judge(bases, body.stream()));
    }

    /**
     * Returns the base as Ollama has it, since it looks that up in its exact case and would download it in any other. How it
     * has written the default host and namespace is not in its list, so what was sent is the best that is known.
     */
    private @Nullable String from(CreateBody body) throws BadBodyException {
        if (body.from().isEmpty()) {
            return null;
        }
        ModelName sent = named(body.from(), ModelName::parse);
        if (sent.cloud() || !body.remoteHost().isEmpty()) {
            return body.from();
        }
        return installed
                .find(sent)
                .map(ModelName::display)
                .filter(stored -> !stored.equals(sent.display()))
                .orElse(body.from());
    }

    /** Answers for a base that is not here, unless that is a cloud model, of which Ollama needs nothing or a stub. */
    private boolean isAnswered(HttpServerExchange exchange, ModelName base, boolean stream) {
        Optional<String> refusal = registries.refusal(base);
        if (refusal.isPresent()) {
            queuedPulls.forbid(exchange, refusal.get());
        } else if (!base.cloud()) {
            queuedPulls.enqueue(exchange, Wish.base(base, stream));
        }
        return refusal.isPresent() || !base.cloud();
    }

    private CreateJudge judge(List<ModelName> bases, boolean stream) {
        boolean stubs = !bases.isEmpty() && bases.stream().allMatch(ModelName::cloud);
        return new CreateJudge(
                new CreateLines(stubs ? CloudPulls.MOST_BYTES : 0), stream, exchange -> queue(exchange, bases, stream));
    }

    private void queue(HttpServerExchange exchange, List<ModelName> bases, boolean stream) {
        if (bases.size() != 1) {
            // Which of several Ollama was about to fetch, or what a file on its disk names, is not known here.
            Answers.error(exchange, StatusCodes.CONFLICT, UNKNOWN_BASE);
            return;
        }
        Wish wish = Wish.base(bases.get(0), stream);
        Optional<String> refusal = registries.refusal(wish.model());
        if (refusal.isPresent()) {
            queuedPulls.forbid(exchange, refusal.get());
        } else {
            queuedPulls.enqueue(exchange, wish);
        }
    }

    private static List<ModelName> bases(CreateBody body, boolean modelfile) throws BadBodyException {
        List<String> names = new ArrayList<>(modelfile ? body.legacyBases() : List.of());
        if (!body.from().isEmpty()) {
            names.add(body.from());
        }
        List<ModelName> bases = new ArrayList<>();
        for (String name : names) {
            bases.add(named(name, ModelName::parse));
        }
        return bases;
    }

    private static void requireName(String name) throws BadBodyException {
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
}
