package io.github.ohhhllama.proxy;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.StorageStatus;
import io.github.ohhhllama.proxy.internal.json.Health;
import io.github.ohhhllama.proxy.internal.json.Health.Check;
import io.github.ohhhllama.proxy.internal.json.ScheduleCheck;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers {@code GET /api/health}: what works, what does not, and what to do about it. */
final class HealthHandler implements HttpHandler {

    private static final long LITTLE_SPACE = 1_000_000_000;
    private static final double GIGABYTE = 1e9;

    private final QueueService queue;
    private final OllamaClient ollama;
    private final URI backend;
    private final Supplier<Optional<String>> loss;

    HealthHandler(QueueService queue, OllamaClient ollama, URI backend, Supplier<Optional<String>> loss) {
        this.queue = queue;
        this.ollama = ollama;
        this.backend = backend;
        this.loss = loss;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> {
            StorageStatus storage = queue.storage();
            Map<String, Check> checks = new LinkedHashMap<>();
            checks.put("proxy", Check.healthy("The proxy answers."));
            checks.put("backend", backend());
            checks.put("database", database(storage));
            checks.put("disk", disk(storage));
            checks.put("models_disk", models(queue.disk()));
            checks.put("schedule", schedule());
            checks.put("partials", partials());
            Health health = new Health(checks);
            boolean unhealthy = health.status() == Health.Status.UNHEALTHY;
            Answers.json(exchange, unhealthy ? StatusCodes.SERVICE_UNAVAILABLE : StatusCodes.OK, health.toJson());
        }));
    }

    private Check backend() {
        try {
            String version = ollama.version();
            return Check.healthy("Ollama answers.")
                    .with("url", backend.toString())
                    .with("version", version);
        } catch (OllamaException trouble) {
            return Check.unhealthy(trouble.getMessage()).with("url", backend.toString());
        }
    }

    private static Check database(StorageStatus storage) {
        return storage.trouble()
                .map(Check::unhealthy)
                .orElseGet(() -> Check.healthy("The database takes what it is given."))
                .with("path", storage.location());
    }

    private static Check disk(StorageStatus storage) {
        try {
            Path file = Path.of(storage.location());
            Path existing = Files.exists(file) ? file : file.toAbsolutePath().getParent();
            if (existing == null) {
                return Check.degraded("There is no disk to look at for " + storage.location() + ".");
            }
            FileStore disk = Files.getFileStore(existing);
            long free = disk.getUsableSpace();
            String text = String.format(Locale.ROOT, "%.1f GB are free where the database is.", free / GIGABYTE);
            Check check = free < LITTLE_SPACE ? Check.degraded(text) : Check.healthy(text);
            return check.with("path", existing.toString()).with("free_bytes", free);
        } catch (IOException unreadable) {
            return Check.degraded("The disk cannot be looked at: " + unreadable.getMessage());
        }
    }

    private static Check models(DiskStatus disk) {
        if (disk.trouble().isPresent()) {
            return Check.healthy(disk.trouble().get()).with("watched", false);
        }
        String free = String.format(Locale.ROOT, "%.1f GB are free where the models are", disk.free() / GIGABYTE);
        Check check = disk.free() < disk.kept()
                ? Check.degraded(free
                        + String.format(
                                Locale.ROOT,
                                ", %.1f GB are to stay free: nothing is downloaded until there is more room.",
                                disk.kept() / GIGABYTE))
                : Check.healthy(free + '.');
        return check.with("watched", true)
                .with("path", disk.location())
                .with("free_bytes", disk.free())
                .with("kept_bytes", disk.kept());
    }

    private Check partials() {
        return loss.get()
                .map(Check::degraded)
                .orElseGet(() -> Check.healthy("Nothing says that Ollama would throw half-finished downloads away."));
    }

    private Check schedule() {
        try {
            return ScheduleCheck.of(queue.schedule());
        } catch (QueueStorageException trouble) {
            return Check.unhealthy(trouble.getMessage());
        }
    }
}
