package consumer;

import io.github.ohhhllama.sample.SampleApplication;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs the sample, wishes for a model, and has it fetched through the actuator. */
public final class SampleByNight {

    private final String address;

    private SampleByNight(String address) {
        this.address = address;
    }

    public static void main(String... arguments) throws Exception {
        try (FakeOllama ollama = FakeOllama.start().offer(FakeModel.of("phi3", 1000));
                ConfigurableApplicationContext application = SpringApplication.run(
                        SampleApplication.class,
                        "--server.port=0",
                        "--ohhhllama.database=" + arguments[0],
                        "--ohhhllama.backend=" + ollama.uri())) {
            String port = application.getEnvironment().getProperty("local.server.port");
            SampleByNight sample = new SampleByNight("http://127.0.0.1:" + port);
            sample.ask("POST", "/wishes?model=phi3&team=red");
            sample.ask("GET", "/actuator/ohhhllama");
            sample.ask("POST", "/actuator/ohhhllama");
            while (!sample.ask("GET", "/actuator/ohhhllama").contains("\"completed\":1")) {
                Thread.sleep(100);
            }
            sample.ask("GET", "/actuator/health");
            sample.ask("GET", "/actuator/metrics/ohhhllama.queue.entries");
            System.out.println("fetched " + ollama.installed() + " on Spring Boot " + SpringBootVersion.getVersion());
        }
    }

    private String ask(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.noBody())
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
