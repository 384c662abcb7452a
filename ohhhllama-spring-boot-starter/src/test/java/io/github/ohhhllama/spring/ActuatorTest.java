package io.github.ohhhllama.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Asks a web application over HTTP, with whatever Spring Boot configures by itself. */
final class ActuatorTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final FakeOllama ollama = FakeOllama.start().offer(FakeModel.of("phi3", 1000));

    @TempDir
    private Path directory;

    private ConfigurableApplicationContext context;

    @BeforeEach
    void start() {
        context = new SpringApplication(Application.class)
                .run(
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        "--server.shutdown=graceful",
                        "--management.endpoints.web.exposure.include=health,metrics,ohhhllama",
                        "--management.endpoint.health.show-details=always",
                        "--ohhhllama.database=" + directory.resolve("queue.db"),
                        "--ohhhllama.backend=" + ollama.uri(),
                        "--ohhhllama.zone=UTC");
    }

    @AfterEach
    void stop() {
        context.close();
        ollama.close();
    }

    @Test
    void endpointShowsTheQueue() throws Exception {
        enqueue("phi3");

        assertThat(get("/actuator/ohhhllama").body())
                .contains("\"expression\":\"0 3 * * *\"", "\"zone\":\"UTC\"", "\"pending\":1")
                .containsPattern("\"nextStart\":\"20..-..-..T03:00:00Z\"")
                .contains("\"model\":\"phi3\"", "\"requester\":\"me\"", "\"state\":\"pending\"", "\"position\":1");
        assertThat(get("/actuator/ohhhllama?offset=1").body()).contains("\"queue\":[]", "\"pending\":1");
        assertThat(get("/actuator/ohhhllama/1").body()).contains("\"id\":1", "\"model\":\"phi3\"");
        assertThat(get("/actuator/ohhhllama/2").statusCode()).isEqualTo(404);
    }

    @Test
    void endpointStartsTheQueue() throws Exception {
        enqueue("phi3");

        HttpResponse<String> answer = send(request("/actuator/ohhhllama")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody()));

        assertThat(answer.body()).isEqualTo("{\"status\":\"started\"}");
        await().until(() -> ollama.installed().contains("phi3:latest"));
        await().untilAsserted(() ->
                assertThat(get("/actuator/ohhhllama").body()).contains("\"completed\":1", "\"state\":\"completed\""));
    }

    @Test
    void endpointTakesAnEntryOut() throws Exception {
        enqueue("phi3");

        assertThat(send(request("/actuator/ohhhllama/1").DELETE()).body()).contains("\"model\":\"phi3\"");
        assertThat(send(request("/actuator/ohhhllama/1").DELETE()).statusCode()).isEqualTo(204);
    }

    @Test
    void healthIsThatOfTheDatabase() throws Exception {
        assertThat(get("/actuator/health").body())
                .contains("\"ohhhllama\":{", "queue.db", "\"running\":false", "\"nextStart\":\"")
                .startsWith("{\"");
        assertThat(get("/actuator/health/ohhhllama").body()).contains("\"status\":\"UP\"");

        Files.delete(directory.resolve("queue.db"));
        Files.writeString(directory.resolve("queue.db"), "This is no database.".repeat(1000));

        HttpResponse<String> answer = get("/actuator/health/ohhhllama");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"status\":\"DOWN\"", "is damaged or not a SQLite database");
    }

    @Test
    void metricsCountTheQueue() throws Exception {
        enqueue("phi3");

        assertThat(get("/actuator/metrics/ohhhllama.queue.entries?tag=state:pending")
                        .body())
                .contains("\"value\":1.0");
        assertThat(get("/actuator/metrics/ohhhllama.queue.entries?tag=state:failed")
                        .body())
                .contains("\"value\":0.0");
        assertThat(get("/actuator/metrics/ohhhllama.queue.running").body()).contains("\"value\":0.0");
        assertThat(get("/actuator/metrics/ohhhllama.queue.next.start").body()).contains("\"baseUnit\":\"seconds\"");
    }

    @Test
    void aRequestUnderWayStillFindsTheQueueWhenTheApplicationStops() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request("/late").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        Application.Late late = context.getBean(Application.Late.class);
        late.asked.await();

        context.close();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(answer.get().body()).isEqualTo("queued");
    }

    private void enqueue(String model) {
        context.getBean(QueueService.class).enqueue(wish(model));
    }

    private static PullRequest wish(String model) {
        return PullRequest.of(ModelName.parse(model), Requester.named("me"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        String port = context.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        /** Asks the queue only when the application has begun to stop. */
        @RestController
        static class Late implements ApplicationListener<ContextClosedEvent> {

            private final CountDownLatch asked = new CountDownLatch(1);
            private final CountDownLatch stopping = new CountDownLatch(1);
            private final QueueService queue;

            Late(QueueService queue) {
                this.queue = queue;
            }

            @PostMapping("/late")
            String enqueue() throws InterruptedException {
                asked.countDown();
                stopping.await();
                EnqueueResult result = queue.enqueue(wish("phi3"));
                return result instanceof EnqueueResult.Queued ? "queued" : result.toString();
            }

            @Override
            public void onApplicationEvent(ContextClosedEvent event) {
                stopping.countDown();
            }
        }
    }
}
