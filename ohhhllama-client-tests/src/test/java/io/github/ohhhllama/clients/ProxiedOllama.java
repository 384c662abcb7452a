package io.github.ohhhllama.clients;

import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.Page;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.Pacing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;

/** Runs an Ollama that has phi3, could fetch llama3, and says a sentence of five tokens; and the proxy before it. */
final class ProxiedOllama implements AutoCloseable {

    static final String INSTALLED = "phi3";
    static final String ABSENT = "llama3";
    static final List<String> TOKENS = List.of("The", " quick", " brown", " fox", ".");

    private final FakeOllama ollama = FakeOllama.start()
            .install(FakeModel.of(INSTALLED, 1000))
            .offer(FakeModel.of(ABSENT, 1000))
            .say(TOKENS, Pacing.unlimited());
    private final Ohhhllama ohhhllama;
    private final OhhhllamaProxy proxy;

    ProxiedOllama(Path directory) throws IOException {
        ohhhllama = Ohhhllama.builder(directory.resolve("queue.db"))
                .registry(Registry.NONE)
                .backend(ollama.uri())
                .zone(ZoneOffset.UTC)
                .build();
        proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .backend(ollama.uri())
                .zone(ZoneOffset.UTC)
                .start();
        ohhhllama.start();
    }

    FakeOllama ollama() {
        return ollama;
    }

    String direct() {
        return ollama.uri().toString();
    }

    String proxied() {
        return "http://127.0.0.1:" + proxy.port();
    }

    List<QueueEntry> queue() {
        return ohhhllama.queue().snapshot(Page.FIRST).queue();
    }

    /** Waits until something is queued, and lets the night begin. */
    void fetchWhatIsQueued() {
        await().until(() -> !queue().isEmpty());
        ohhhllama.queue().process();
    }

    @Override
    public void close() {
        proxy.close();
        ohhhllama.close();
        ollama.close();
    }
}
