package io.github.ohhhllama.queue.internal.registry;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.RegistryAnswer;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often registries are asked. */
@Timeout(60)
final class RegistryPolitenessTest {

    private static final FakeModel MODEL = FakeModel.of("model", 5);
    private static final MockResponse FOUND =
            new MockResponse.Builder().body(MODEL.manifestJson()).build();
    private static final RegistryLimits PATIENT = new RegistryLimits(
            Duration.ofSeconds(20),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            2,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    private final SettableClock clock = SettableClock.at("2026-03-28T21:00:00Z");
    private final MockWebServer server = new MockWebServer();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private HttpRegistry registry = registry(PATIENT);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        callers.shutdownNow();
        registry.close();
        server.close();
    }

    private HttpRegistry registry(RegistryLimits limits) {
        return new HttpRegistry(limits, Map.of(), () -> "test", clock);
    }

    @Test
    void waitsForItsOwnNameNoLongerThanForAnAnswer() throws Exception {
        CountDownLatch known = new CountDownLatch(1);
        RegistryLimits hurried = new RegistryLimits(
                Duration.ofMillis(50),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                1,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
        registry.close();
        registry = new HttpRegistry(
                hurried,
                Map.of(),
                () -> {
                    awaitQuietly(known);
                    return "test";
                },
                clock);

        assertThat(ask("first")).isInstanceOf(RegistryAnswer.Unreachable.class);

        known.countDown();
        server.enqueue(FOUND);
        await("the registry, which was never asked, is not left in peace")
                .until(() -> ask("second") instanceof RegistryAnswer.Found);
        assertThat(server.takeRequest().getHeaders().get("User-Agent")).isEqualTo("test");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private RegistryAnswer ask(String model) {
        return registry.manifest(name(model), true);
    }

    private Optional<RegistryAnswer> remembered(String model) {
        return registry.remembered(name(model), true);
    }

    private ModelName name(String model) {
        return ModelName.parse("127.0.0.1:" + server.getPort() + "/n/" + model);
    }

    private void answer(int status, String... header) {
        MockResponse.Builder response = new MockResponse.Builder().code(status);
        for (String field : header) {
            response.addHeader(field);
        }
        server.enqueue(response.build());
    }

    private List<CompletableFuture<RegistryAnswer>> askAtOnce(List<String> models) {
        List<CompletableFuture<RegistryAnswer>> answers = new ArrayList<>();
        for (String model : models) {
            answers.add(CompletableFuture.supplyAsync(() -> ask(model), callers));
        }
        return answers;
    }

    @Test
    void remembersAManifestForMinutes() {
        server.enqueue(FOUND);
        server.enqueue(FOUND);
        RegistryAnswer found = ask("a");

        clock.advance(Duration.ofSeconds(299));
        assertThat(ask("a")).isSameAs(found);
        clock.advance(Duration.ofSeconds(1));
        assertThat(ask("a")).isEqualTo(found).isNotSameAs(found);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void tellsWhatItKnowsWithoutAsking() {
        server.enqueue(FOUND);
        answer(503);

        assertThat(remembered("a")).isEmpty();
        RegistryAnswer found = ask("a");
        assertThat(remembered("a")).containsSame(found);
        assertThat(remembered("b")).isEmpty();
        ask("b");
        assertThat(remembered("c")).containsInstanceOf(RegistryAnswer.Unreachable.class);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void remembersARefusalForLess() {
        answer(404);
        server.enqueue(FOUND);
        RegistryAnswer unknown = ask("a");

        clock.advance(Duration.ofSeconds(59));
        assertThat(ask("a")).isSameAs(unknown);
        clock.advance(Duration.ofSeconds(1));
        assertThat(ask("a")).isInstanceOf(RegistryAnswer.Found.class);
    }

    @Test
    void aClockThatWasPutBackMakesAnswersStale() {
        server.enqueue(FOUND);
        server.enqueue(FOUND);
        ask("a");
        clock.advance(Duration.ofHours(-1));
        ask("a");

        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void forgetsWhatWasNotAskedForTheLongest() {
        for (int i = 0; i < 4; i++) {
            server.enqueue(FOUND);
        }
        ask("a");
        ask("b");
        ask("a");
        ask("c");
        ask("a");
        assertThat(server.getRequestCount()).isEqualTo(3);
        ask("b");
        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    @Test
    void tellsModelsApartByCaseAndScheme() {
        server.enqueue(FOUND);
        server.enqueue(FOUND);
        ask("a");
        ask("A");

        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void theSameQuestionIsAskedOnce() throws Exception {
        Gate gate = new Gate();
        server.setDispatcher(gate);
        List<CompletableFuture<RegistryAnswer>> answers = askAtOnce(List.of("a", "a", "a", "a", "a"));
        await().until(() -> gate.requests.get() == 1);
        gate.open();

        for (CompletableFuture<RegistryAnswer> answer : answers) {
            assertThat(answer.get(30, SECONDS)).isInstanceOf(RegistryAnswer.Found.class);
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void asksAHostTwoQuestionsAtATime() throws Exception {
        Gate gate = new Gate();
        server.setDispatcher(gate);
        List<CompletableFuture<RegistryAnswer>> answers = askAtOnce(List.of("a", "b", "c", "d", "e", "f"));
        await().until(() -> gate.requests.get() == 2);
        gate.open();

        for (CompletableFuture<RegistryAnswer> answer : answers) {
            assertThat(answer.get(30, SECONDS)).isInstanceOf(RegistryAnswer.Found.class);
        }
        assertThat(gate.most.get()).isEqualTo(2);
    }

    @Test
    void aRegistryThatIsSilentCostsItsBudgetOnce() {
        registry.close();
        registry = registry(new RegistryLimits(
                Duration.ofMillis(200),
                Duration.ZERO,
                Duration.ZERO,
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60)));
        Gate gate = new Gate();
        server.setDispatcher(gate);
        String host = "127.0.0.1:" + server.getPort();

        assertThat(ask("a")).isEqualTo(new RegistryAnswer.Unreachable(host + " did not answer within 200 ms"));
        await().untilAsserted(() -> assertThat(ask("b"))
                .isEqualTo(new RegistryAnswer.Unreachable(
                        host + " is left in peace until 2026-03-28T21:00:10Z: did not answer within 200 ms")));
        int asked = server.getRequestCount();
        for (int i = 0; i < 1000; i++) {
            assertThat(ask("model" + i)).asString().contains("left in peace");
        }
        assertThat(server.getRequestCount()).isEqualTo(asked);
        gate.open();
    }

    @Test
    void thePeaceGrowsWithEachFailureUpToALimitAndEndsWithAnAnswer() {
        for (int seconds : new int[] {10, 20, 40, 60, 60}) {
            answer(503);
            ask("a");
            int asked = server.getRequestCount();
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(ask("a")).asString().contains("left in peace").contains("answered 503");
            assertThat(server.getRequestCount()).isEqualTo(asked);
            clock.advance(Duration.ofMillis(1));
        }
        server.enqueue(FOUND);
        assertThat(ask("a")).isInstanceOf(RegistryAnswer.Found.class);
        answer(503);
        ask("b");
        clock.advance(Duration.ofSeconds(10));
        server.enqueue(FOUND);
        assertThat(ask("b")).isInstanceOf(RegistryAnswer.Found.class);
    }

    @Test
    void aRegistryMayAskForMorePeaceButNotForAnyLength() {
        answer(429, "Retry-After: 30");
        ask("a");
        clock.advance(Duration.ofSeconds(29));
        assertThat(ask("a")).asString().contains("left in peace");
        clock.advance(Duration.ofSeconds(1));
        answer(429, "Retry-After: 86400");
        ask("a");
        assertThat(ask("a")).asString().contains("left in peace");
        clock.advance(Duration.ofSeconds(60));
        server.enqueue(FOUND);
        assertThat(ask("a")).isInstanceOf(RegistryAnswer.Found.class);
    }

    @Test
    void onlyTheRegistryThatFailedIsLeftInPeace() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        ModelName there = ModelName.parse("127.0.0.1:" + nobody + "/n/a");
        server.enqueue(FOUND);

        assertThat(registry.manifest(there, true)).asString().contains("could not be reached");
        assertThat(registry.manifest(there, true)).asString().contains("left in peace");
        assertThat(registry.manifest(there, false)).asString().contains("could not be reached");
        assertThat(ask("a")).isInstanceOf(RegistryAnswer.Found.class);
    }

    @Test
    void aClosedRegistryAnswersUnreachable() {
        registry.close();

        assertThat(ask("a")).isInstanceOf(RegistryAnswer.Unreachable.class);
    }

    @Test
    void anUnforeseenErrorIsAnAnswer() {
        registry.close();
        registry = new HttpRegistry(PATIENT, Map.of(), () -> "not\na header", clock);

        assertThat(ask("a")).asString().contains("was not asked");
    }

    /** Holds all requests until it is opened. */
    private static final class Gate extends Dispatcher {

        private final CountDownLatch opened = new CountDownLatch(1);
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            requests.incrementAndGet();
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            opened.await();
            inside.decrementAndGet();
            return FOUND;
        }

        void open() {
            opened.countDown();
        }
    }
}
