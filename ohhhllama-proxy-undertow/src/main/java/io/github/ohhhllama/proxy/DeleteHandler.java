package io.github.ohhhllama.proxy;

import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.NameBody;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code DELETE /api/delete}: a model that is queued and not here leaves the queue; any other is Ollama's to
 * delete, and what was queued for it goes with it, so that nothing that was deleted comes back by night.
 */
final class DeleteHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteHandler.class);

    private final QueueService queue;
    private final InstalledModels installed;
    private final Relay relay;

    DeleteHandler(QueueService queue, InstalledModels installed, Relay relay) {
        this.queue = queue;
        this.installed = installed;
        this.relay = relay;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        RequestBody.read(exchange, this::delete);
    }

    private void delete(HttpServerExchange exchange, byte[] body) {
        Optional<ModelName> model = named(body);
        if (model.isPresent()
                && isAbsent(model.get())
                && queue.remove(model.get()).isPresent()) {
            exchange.setStatusCode(StatusCodes.OK);
            exchange.setResponseContentLength(0);
            exchange.endExchange();
            return;
        }
        exchange.addExchangeCompleteListener((ended, next) -> {
            if (model.isPresent() && ended.getStatusCode() == StatusCodes.OK) {
                ended.getConnection().getWorker().execute(() -> follow(model.get()));
            }
            next.proceed();
        });
        relay.relay(exchange, body);
    }

    /** What does not name a model is Ollama's to refuse. */
    private static Optional<ModelName> named(byte[] body) {
        try {
            return Optional.of(ModelName.parse(NameBody.parse(body).model()));
        } catch (BadBodyException | InvalidModelNameException bad) {
            return Optional.empty();
        }
    }

    private boolean isAbsent(ModelName model) {
        try {
            return installed.findNow(model).isEmpty();
        } catch (OllamaException unknown) {
            return false;
        }
    }

    private void follow(ModelName deleted) {
        installed.forget();
        try {
            queue.remove(deleted);
        } catch (QueueStorageException trouble) {
            LOG.warn("{} was deleted but may still be queued: {}", deleted, trouble.getMessage());
        }
    }
}
