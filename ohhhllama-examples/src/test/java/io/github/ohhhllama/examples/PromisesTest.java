package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.Requester;
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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the library to what docs/embedding.md promises those who have it in their own process. */
final class PromisesTest {

    private static final PullRequest WISH = PullRequest.of(ModelName.parse("phi3"), Requester.named("me"));

    private final FakeOllama ollama = FakeOllama.start().offer(FakeModel.of("phi3", 1000));

    @TempDir
    private Path directory;

    private Set<Thread> before;

    @BeforeEach
    void rememberThreads() {
        before = Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    @AfterEach
    void stopOllama() {
        ollama.close();
    }

    @Test
    void allThreadsAreNamedDaemonsThatEndWithTheInstance() throws IOException, InterruptedException {
        try (Ohhhllama ohhhllama = queue("queue.db");
                OhhhllamaProxy proxy = proxy(ohhhllama)) {
            ohhhllama.start();
            ohhhllama.queue().enqueue(WISH);
            ohhhllama.queue().process();
            get(proxy);
            await().until(() -> ollama.installed().contains("phi3:latest"));

            assertThat(ours()).isNotEmpty().allSatisfy(thread -> {
                assertThat(thread.getName()).startsWith("ohhhllama-");
                assertThat(thread.isDaemon()).as(thread.getName()).isTrue();
            });
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> ours().isEmpty());
    }

    @Test
    void twoInstancesInOneProcessDoNotKnowEachOther() {
        try (Ohhhllama one = queue("one.db");
                Ohhhllama other = queue("other.db")) {
            one.queue().enqueue(WISH);

            assertThat(one.queue().snapshot(Page.FIRST).queue()).hasSize(1);
            assertThat(other.queue().snapshot(Page.FIRST).queue()).isEmpty();
        }
    }

    @Test
    void twoInstancesOnOneFileShareTheQueueAndDownloadOnce() {
        try (Ohhhllama one = queue("queue.db");
                Ohhhllama other = queue("queue.db")) {
            one.start();
            other.start();
            one.queue().enqueue(WISH);

            assertThat(other.queue().enqueue(WISH)).isInstanceOf(EnqueueResult.AlreadyQueued.class);
            other.queue().process();
            await().until(() -> one.queue().snapshot(Page.FIRST).counts().completed() == 1);
        }
        assertThat(ollama.pulls()).containsExactly("phi3");
    }

    private Ohhhllama queue(String file) {
        return Ohhhllama.builder(directory.resolve(file))
                .registry(Registry.NONE)
                .backend(ollama.uri())
                .build();
    }

    private OhhhllamaProxy proxy(Ohhhllama ohhhllama) throws IOException {
        return OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .backend(ollama.uri())
                .metrics(new ProxyMetrics())
                .start();
    }

    private static void get(OhhhllamaProxy proxy) throws IOException, InterruptedException {
        for (String path : List.of("/api/tags", "/api/queue", "/api/health", "/metrics")) {
            URI uri = URI.create("http://127.0.0.1:" + proxy.port() + path);
            HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    /** Returns the threads that came since, except those of the fake Ollama, the test's own client and the JDK. */
    /** Leaves out what others started; OkHttp's task runner serves all clients of the JVM and ends by itself. */
    private Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> !thread.getName()
                        .matches("fake-ollama.*|junit-.*|HttpClient-.*|awaitility.*|ForkJoinPool.*|OkHttp TaskRunner"))
                .collect(Collectors.toSet());
    }
}
