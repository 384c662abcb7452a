package io.github.ohhhllama.proxy;

import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.ModelDetails;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.PullStream;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.Call.Answer;
import io.github.ohhhllama.testing.InMemoryQueueService;
import io.github.ohhhllama.testing.InMemoryRateLimiter;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Is a proxy before a queue in memory, of which single answers can be laid down. */
final class NightFixture implements AutoCloseable {

    static final String CLI = "ollama/0.33.0 (amd64 linux) Go/go1.26.0";
    static final String CURL = "curl/8.5.0";

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");
    final InMemoryQueueService queue;

    /** Answers by the name of the method they take the place of; an exception is thrown. */
    final Map<String, Object> answers = new ConcurrentHashMap<>();

    /** Ollama lists no models before it is over. */
    volatile CountDownLatch silence = new CountDownLatch(0);

    private final OhhhllamaProxy proxy;

    NightFixture() throws IOException {
        Clock local = clock.withZone(ZONE);
        queue = new InMemoryQueueService(new InMemoryRateLimiter(5, local), local);
        proxy = OhhhllamaProxy.builder(scripted(), new OneModel())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .backend(URI.create("http://127.0.0.1:1"))
                .access(new Access(List.of(), List.of(), List.of(), List.of()))
                .zone(ZONE)
                .clock(clock)
                .metrics(new ProxyMetrics())
                .partials(() -> Optional.ofNullable((String) answers.get("partials")))
                .start();
    }

    int port() {
        return proxy.port();
    }

    Answer get(String target) throws IOException {
        return Call.of(proxy.port(), "GET", target).send();
    }

    Answer post(String target, String body) throws IOException {
        return Call.of(proxy.port(), "POST", target).as(CURL).body(body).send();
    }

    Answer delete(String target) throws IOException {
        return Call.of(proxy.port(), "DELETE", target).send();
    }

    Answer pull(String agent, String body) throws IOException {
        return Call.of(proxy.port(), "POST", "/api/pull").as(agent).body(body).send();
    }

    @Override
    public void close() {
        proxy.close();
    }

    private QueueService scripted() {
        return (QueueService) Proxy.newProxyInstance(
                QueueService.class.getClassLoader(), new Class<?>[] {QueueService.class}, (self, method, arguments) -> {
                    Object answer = answers.get(method.getName());
                    if (answer instanceof RuntimeException trouble) {
                        throw trouble;
                    }
                    try {
                        return answer == null ? method.invoke(queue, arguments) : answer;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** Has llama3:8b, and pulls nothing. */
    private final class OneModel implements OllamaClient {

        @Override
        public String version() {
            return "0.33.0";
        }

        @Override
        public List<InstalledModel> installedModels() {
            try {
                silence.await();
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
            return List.of(new InstalledModel(ModelName.parse("llama3:8b"), "0".repeat(64), 1000));
        }

        @Override
        public Optional<ModelDetails> show(ModelName model) {
            return Optional.empty();
        }

        @Override
        public boolean delete(ModelName model) {
            return false;
        }

        @Override
        public boolean hasBlob(String digest) {
            return false;
        }

        @Override
        public PullStream pull(ModelName model, boolean insecure) {
            throw new AssertionError("nothing is to be pulled, " + model + " was");
        }
    }
}
