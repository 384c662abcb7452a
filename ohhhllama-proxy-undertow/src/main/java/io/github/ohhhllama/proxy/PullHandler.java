package io.github.ohhhllama.proxy;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.proxy.internal.client.RegistryRules;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.PriorityWord;
import io.github.ohhhllama.proxy.internal.json.PullBody;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Optional;

/** Answers {@code POST /api/pull}: nothing the client sent reaches Ollama from here. */
final class PullHandler implements HttpHandler {

    private final RegistryRules registries;
    private final Callers callers;
    private final CloudPulls cloudPulls;
    private final QueuedPulls queuedPulls;
    private final DryRun dryRun;

    PullHandler(
            RegistryRules registries, Callers callers, CloudPulls cloudPulls, QueuedPulls queuedPulls, DryRun dryRun) {
        this.registries = registries;
        this.callers = callers;
        this.cloudPulls = cloudPulls;
        this.queuedPulls = queuedPulls;
        this.dryRun = dryRun;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        RequestBody.read(exchange, this::pull);
    }

    private void pull(HttpServerExchange exchange, byte[] bytes) throws BadBodyException {
        PullBody body = PullBody.parse(bytes);
        ModelName model = ModelName.parse(body.model());
        Query query = Query.of(exchange);
        Optional<String> priority = query.text("priority");
        Wish wish = Wish.pull(
                model,
                body.insecure(),
                callers.readsLines(exchange, body.stream()),
                priority.isPresent() ? PriorityWord.parse(priority.get()) : null);
        Optional<String> refusal = registries.refusal(model);
        if (query.isOn("dry_run")) {
            preview(exchange, wish, refusal);
            return;
        }
        if (refusal.isPresent()) {
            queuedPulls.forbid(exchange, refusal.get());
            return;
        }
        if (model.cloud()) {
            cloudPulls.pass(exchange, wish);
        } else {
            queuedPulls.answer(exchange, wish);
        }
    }

    private void preview(HttpServerExchange exchange, Wish wish, Optional<String> refusal) {
        if (refusal.isPresent()) {
            dryRun.refuse(exchange, wish, refusal.get());
        } else {
            dryRun.answer(exchange, wish);
        }
    }
}
