package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.Registry;
import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.proxy.ProxyMetrics;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds a running proxy to docs/openapi.yaml, and the document to the proxy. */
final class OpenApiTest {

    private static final Path HANDLERS = Path.of("../ohhhllama-proxy-undertow/src/main/java/io/github/ohhhllama/proxy");
    private static final Pattern ROUTE = Pattern.compile("\\bon\\(\"([A-Z]+)\", \"(/[^\"]*)\"");
    private static final Pattern ENTRY_ROUTE = Pattern.compile("\\bonEntry\\(\"([A-Z]+)\", \"([^\"]*)\"");
    private static final int DAILY_LIMIT = 4;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> asked = new TreeSet<>();

    @TempDir
    private Path directory;

    private Specification specification;
    private FakeOllama ollama;
    private Ohhhllama ohhhllama;
    private OhhhllamaProxy proxy;

    @BeforeEach
    void start() throws IOException {
        specification = Specification.read();
        ollama = FakeOllama.start().install(FakeModel.of("llama3:8b", 1000)).offer(FakeModel.of("mistral", 1_000_000));
        ProxyMetrics metrics = new ProxyMetrics();
        ohhhllama = Ohhhllama.builder(directory.resolve("queue.db"))
                .registry(Registry.NONE)
                .backend(ollama.uri())
                .rateLimit(DAILY_LIMIT)
                .modelFolder(directory)
                .listener(metrics)
                .build();
        proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .backend(ollama.uri())
                .metrics(metrics)
                .start();
        ohhhllama.start();
    }

    @AfterEach
    void stop() {
        proxy.close();
        ohhhllama.close();
        ollama.close();
    }

    @Test
    void describesEveryRouteAndNoOther() throws IOException {
        assertThat(specification.operations()).isEqualTo(routes());
    }

    @Test
    void answersAsItIsDescribed() throws IOException, InterruptedException {
        probes();
        ask("POST /api/queue/pause", 400, "{\"until\":\"never\"}");
        ask("POST /api/queue/pause", 200, "{\"until\":\"2h\"}");
        pulls();
        entries();
        removals();
        ask("POST /api/queue/resume", 200, "");
        ask("POST /api/queue/resume", 200, "");
        downloads();
        troubles();

        assertThat(asked).isEqualTo(specification.operations());
    }

    private void probes() throws IOException, InterruptedException {
        for (String path : Set.of("/healthz", "/readyz", "/metrics")) {
            ask("GET " + path, 200, "");
            ask("HEAD " + path, 200, "");
        }
        ask("GET /api/health", 200, "");
    }

    private void pulls() throws IOException, InterruptedException {
        ask("POST /api/pull", 202, "{\"model\":\"mistral\"}");
        ask("POST /api/pull", 202, "{\"model\":\"mistral\"}");
        ask("POST /api/pull", "/api/pull?dry_run&priority=high", 200, "{\"model\":\"phi3\"}");
        ask("POST /api/pull", 202, "{\"model\":\"llama3:70b\"}");
        ask("POST /api/create", 202, "{\"model\":\"mine\",\"from\":\"phi3\"}");
        ask("POST /api/pull", 202, "{\"model\":\"qwen3\"}");
        ask("POST /api/pull", 429, "{\"model\":\"gemma3\"}");
        ask("POST /api/pull", "/api/pull?dry_run", 200, "{\"model\":\"gemma3\"}");
        ask("POST /api/pull", 200, "{\"model\":\"llama3:8b\"}");
        ask("POST /api/pull", 200, "{\"model\":\"llama3:8b\",\"stream\":false}");
        ask("POST /api/pull", 400, "{}");
        ask("POST /api/pull", 403, "{\"model\":\"10.0.0.5/library/x\"}");
        ask("POST /api/pull", 413, " ".repeat(1 << 21));
    }

    private void entries() throws IOException, InterruptedException {
        ask("GET /api/queue", 200, "");
        ask("GET /api/queue", "/api/queue?limit=0", 400, "");
        ask("GET /api/queue", "/api/queue?status=pending&limit=2", 200, "");
        ask("GET /api/queue", "/api/queue?status=lost", 400, "");
        ask("GET /api/queue/{id}", "/api/queue/1", 200, "");
        ask("GET /api/queue/{id}", "/api/queue/99", 404, "");
        ask("POST /api/queue/{id}/move", "/api/queue/2/move", 200, "{\"first\":true}");
        ask("POST /api/queue/{id}/move", "/api/queue/2/move", 400, "{}");
        ask("POST /api/queue/{id}/move", "/api/queue/99/move", 404, "{\"first\":true}");
        ask("POST /api/queue/{id}/run-now", "/api/queue/2/run-now", 200, "");
        ask("POST /api/queue/{id}/retry", "/api/queue/99/retry", 404, "");
        ask("GET /api/queue/plan", 200, "");
    }

    private void removals() throws IOException, InterruptedException {
        ask("DELETE /api/queue", 200, "{\"id\":4}");
        ask("DELETE /api/queue", 404, "{\"model\":\"qwen3\"}");
        ask("DELETE /api/queue", 400, "{}");
        ask("DELETE /api/queue/{id}", "/api/queue/3", 200, "");
        ask("DELETE /api/queue/{id}", "/api/queue/3", 404, "");
        ask("DELETE /api/delete", 200, "{\"model\":\"llama3:70b\"}");
    }

    private void downloads() throws IOException, InterruptedException {
        ask("POST /api/queue/process", 400, "{\"until\":\"yesterday\"}");
        ask("POST /api/queue/process", 202, "");
        await().until(() -> ollama.installed().contains("mistral:latest"));
        await().until(() -> send("GET", "/api/queue/1", "").body().contains("\"status\":\"completed\""));
        ask("POST /api/queue/process", 200, "");
        ask("GET /api/queue", 200, "");
        ask("GET /api/queue/{id}", "/api/queue/1", 200, "");
        ask("POST /api/queue/{id}/move", "/api/queue/1/move", 409, "{\"first\":true}");
        ask("POST /api/queue/{id}/retry", "/api/queue/1/retry", 409, "");
        ask("GET /api/history", 200, "");
        ask("GET /api/history", "/api/history?by=week", 400, "");
        ask("GET /api/queue/outdated", 200, "");
    }

    private void troubles() throws IOException, InterruptedException {
        ollama.close();
        ask("GET /api/queue/outdated", 502, "");
        ask("GET /api/health", 503, "");
        proxy.refuseNewRequests();
        ask("GET /healthz", 200, "");
        ask("GET /readyz", 503, "");
        ask("GET /api/health", 503, "");
        ask("GET /metrics", 503, "");
    }

    private void ask(String operation, int status, String body) throws IOException, InterruptedException {
        ask(operation, operation.replaceFirst("\\S+ ", ""), status, body);
    }

    private void ask(String operation, String target, int status, String body)
            throws IOException, InterruptedException {
        asked.add(operation);
        HttpResponse<String> answer = send(operation.replaceFirst(" .*", ""), target, body);
        assertThat(answer.statusCode()).as(operation + ": " + answer.body()).isEqualTo(status);
        specification.check(operation, answer);
    }

    private HttpResponse<String> send(String method, String target, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + target))
                .header("User-Agent", "curl/8.5.0")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Returns the rows that the handlers are entered with. */
    private static Set<String> routes() throws IOException {
        Set<String> routes = new TreeSet<>();
        try (Stream<Path> files = Files.list(HANDLERS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String source = Files.readString(file);
                ROUTE.matcher(source).results().forEach(row -> routes.add(row.group(1) + ' ' + row.group(2)));
                ENTRY_ROUTE
                        .matcher(source)
                        .results()
                        .forEach(row -> routes.add(row.group(1) + " /api/queue/{id}" + row.group(2)));
            }
        }
        return routes;
    }
}
