package io.github.ohhhllama.proxy;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.proxy.Call.Answer;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** Runs the whole proxy with a real queue behind it, before an Ollama with some models; it is noon in UTC. */
final class ProxyFixture implements AutoCloseable {

    static final String CLI = "ollama/0.33.0 (amd64 linux) Go/go1.26.0";
    static final String CURL = "curl/8.5.0";
    static final Access OPEN_TO_NOBODY = new Access(List.of(), List.of(), List.of(), List.of());

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int DAILY_LIMIT = 5;

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");
    private final Path directory;
    private final FakeOllama ollama;
    private ProxyMetrics metrics = new ProxyMetrics();
    private Ohhhllama ohhhllama;
    private OhhhllamaProxy proxy;

    ProxyFixture(Path directory) throws IOException {
        this.directory = directory;
        ollama = FakeOllama.start()
                .install(FakeModel.of("llama3:8b", 1000))
                .offer(FakeModel.of("llama3:70b", 1_000_000))
                .offer(FakeModel.of("mistral", 1_000_000))
                .offer(FakeModel.of("gpt-oss:20b-cloud", 384))
                .offer(FakeModel.of("evil/weights:big-cloud", 50_000_000));
        ohhhllama = queue(DAILY_LIMIT);
        proxy = proxy(OPEN_TO_NOBODY, PullReply.AUTO);
        ohhhllama.start();
    }

    /** Stops everything but Ollama and starts it with other settings on the same file. */
    void restart(int limit, Access access, PullReply reply) throws IOException {
        proxy.close();
        ohhhllama.close();
        metrics = new ProxyMetrics();
        ohhhllama = queue(limit);
        proxy = proxy(access, reply);
        ohhhllama.start();
    }

    SettableClock clock() {
        return clock;
    }

    FakeOllama ollama() {
        return ollama;
    }

    OhhhllamaProxy proxy() {
        return proxy;
    }

    QueueService queue() {
        return ohhhllama.queue();
    }

    /** Returns the active entry of a model. */
    QueueEntry entry(String model) {
        return queue().findActive(ModelName.parse(model)).orElseThrow();
    }

    Call call(String method, String target) {
        return Call.of(proxy.port(), method, target);
    }

    Answer pull(String agent, String body) throws IOException {
        return call("POST", "/api/pull").as(agent).body(body).send();
    }

    /** Asks for a model as one who waits for it, and leaves the answer open. */
    Socket held(String model) throws IOException {
        return call("POST", "/api/pull")
                .as(CLI)
                .with("Prefer", "wait")
                .body("{\"model\":\"" + model + "\"}")
                .open();
    }

    OllamaClient ollamaClient() {
        return ohhhllama.ollama();
    }

    @Override
    public void close() {
        proxy.close();
        ohhhllama.close();
        ollama.close();
    }

    private Ohhhllama queue(int limit) {
        return Ohhhllama.builder(directory.resolve("queue.db"))
                .registry(Registry.NONE)
                .backend(ollama.uri())
                .zone(ZONE)
                .rateLimit(limit)
                .clock(clock)
                .listener(metrics)
                .build();
    }

    private OhhhllamaProxy proxy(Access access, PullReply reply) throws IOException {
        return OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .backend(ollama.uri())
                .access(access)
                .pullReply(reply)
                .zone(ZONE)
                .clock(clock)
                .metrics(metrics)
                .grace(Duration.ofSeconds(2))
                .start();
    }
}
