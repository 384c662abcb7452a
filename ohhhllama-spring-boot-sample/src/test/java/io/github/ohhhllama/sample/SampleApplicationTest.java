package io.github.ohhhllama.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs the sample as its reader would. */
final class SampleApplicationTest {

    @TempDir
    private Path directory;

    @Test
    void takesWishesAndShowsItsQueueInTheActuator() throws Exception {
        try (FakeOllama ollama = FakeOllama.start().offer(FakeModel.of("phi3", 1000));
                ConfigurableApplicationContext application = start(ollama)) {
            String here = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");

            HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(here + "/wishes?model=phi3&team=red"))
                    .POST(BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo("queued as number 1");

            assertThat(send(HttpRequest.newBuilder(URI.create(here + "/actuator/ohhhllama")))
                            .body())
                    .contains("\"expression\":\"0 22 * * mon-fri\"", "\"zone\":\"Europe/Berlin\"")
                    .contains("\"model\":\"phi3\"", "\"requester\":\"red\"", "\"position\":1");
            assertThat(ollama.pulls()).isEmpty();
        }
    }

    private ConfigurableApplicationContext start(FakeOllama ollama) {
        return SpringApplication.run(
                SampleApplication.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--ohhhllama.database=" + directory.resolve("queue.db"),
                "--ohhhllama.backend=" + ollama.uri());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
