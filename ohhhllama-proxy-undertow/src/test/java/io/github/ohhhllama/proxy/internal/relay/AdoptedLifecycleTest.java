package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.xnio.XnioIoThread;

/** Begins and ends under somebody else's listener as it does under our own. */
final class AdoptedLifecycleTest extends RelayLifecycleTest {

    private final CompletableFuture<XnioIoThread> thread = new CompletableFuture<>();

    @Override
    RelayFixture fixture() throws IOException {
        return RelayFixture.embedded(adoption -> exchange -> {
            thread.complete(exchange.getIoThread());
            adoption.handleRequest(exchange);
        });
    }

    /** Ollama and the client have something for one look of the thread that serves both, and chance orders them. */
    @RepeatedTest(10)
    void leavesToTheNextRequestWhatBelongsToIt() throws Exception {
        try (RelayFixture fixture = fixture();
                Wire client = fixture.client().send(get(1) + get(2));
                Wire backend = fixture.accept()) {
            assertThat(backend.head()).startsWith("GET /1 ");
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch mayGoOn = new CountDownLatch(1);
            thread.join().execute(() -> {
                busy.countDown();
                await(mayGoOn);
            });
            try {
                await(busy);
                backend.send(OK);
                client.send(get(3));
            } finally {
                mayGoOn.countDown();
            }

            assertThat(client.head()).isEqualTo(OK);
            for (int next = 2; next <= 3; next++) {
                assertThat(backend.head()).startsWith("GET /" + next + ' ');
                backend.send(OK);
                assertThat(client.head()).isEqualTo(OK);
            }
        }
    }

    private static String get(int path) {
        return GET.replace("GET /", "GET /" + path);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
