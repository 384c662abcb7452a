package io.github.ohhhllama.proxy;

import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.InMemoryQueueService;
import io.github.ohhhllama.testing.InMemoryRateLimiter;
import io.github.ohhhllama.testing.SettableClock;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/** Brings a handler for somebody else's Undertow, before an Ollama with one model and a queue that is not ours. */
final class HandlerFixture implements AutoCloseable {

    private static final SettableClock NOON = SettableClock.at("2026-11-23T12:00:00Z");

    private final FakeOllama ollama =
            FakeOllama.start().install(FakeModel.of("llama3:8b", 1000)).offer(FakeModel.of("mistral", 1_000_000));
    private final QueueService queue = new InMemoryQueueService(new InMemoryRateLimiter(5, NOON), NOON);
    private final Ohhhllama ohhhllama;
    private final OhhhllamaHandler handler;

    HandlerFixture(Path directory) {
        ohhhllama = Ohhhllama.builder(directory.resolve("unused.db"))
                .backend(ollama.uri())
                .build();
        handler = OhhhllamaProxy.builder(queue, ohhhllama.ollama())
                .backend(ollama.uri())
                .clock(NOON)
                .grace(Duration.ofSeconds(2))
                .handler();
    }

    FakeOllama ollama() {
        return ollama;
    }

    QueueService queue() {
        return queue;
    }

    OhhhllamaHandler handler() {
        return handler;
    }

    static int port(Undertow undertow) {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        handler.close();
        ohhhllama.close();
        ollama.close();
    }
}
