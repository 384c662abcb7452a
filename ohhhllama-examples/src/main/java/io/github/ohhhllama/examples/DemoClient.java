package io.github.ohhhllama.examples;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Speaks to the proxy in the words of Ollama's clients. Thread-safe. */
final class DemoClient {

    /** What Ollama's own command line calls itself. */
    static final String CLI = "ollama/0.33.0 (amd64 linux) Go/go1.26";

    /** What ollama-python calls itself. */
    static final String PYTHON = "ollama-python/0.6.1 (x86_64 linux) Python/3.13.1";

    /** What curl calls itself. */
    static final String CURL = "curl/8.14.1";

    private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI proxy;

    /**
     * Creates a client.
     *
     * @param proxy where it sends everything
     */
    DemoClient(URI proxy) {
        this.proxy = proxy;
    }

    /**
     * Asks for a model.
     *
     * @param agent what the client calls itself
     * @param body the JSON it sends
     * @param lines is handed the status, then each line as it comes
     * @throws IOException if the proxy cannot be reached
     * @throws InterruptedException if the wait shall end now
     */
    void pull(String agent, String body, Consumer<String> lines) throws IOException, InterruptedException {
        http.send(post("/api/pull", agent, body), answer -> {
            String retryAfter = answer.headers()
                    .firstValue("Retry-After")
                    .map(seconds -> ", Retry-After: " + seconds)
                    .orElse("");
            lines.accept("HTTP " + answer.statusCode() + retryAfter);
            return BodySubscribers.fromLineSubscriber(new Lines(lines));
        });
    }

    /**
     * Talks to a model.
     *
     * @param model its name
     * @param tokens is handed each token as it comes
     * @throws IOException if the proxy cannot be reached
     * @throws InterruptedException if the wait shall end now
     */
    void chat(String model, Consumer<String> tokens) throws IOException, InterruptedException {
        String body = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Good night!\"}]}";
        BodyHandler<Void> streamed = BodyHandlers.fromLineSubscriber(
                new Lines(line -> found(CONTENT, line).forEach(tokens)));
        http.send(post("/api/chat", CLI, body), streamed);
    }

    /**
     * Lists the models that are here.
     *
     * @return their names
     * @throws IOException if the proxy cannot be reached
     * @throws InterruptedException if the wait shall end now
     */
    Stream<String> models() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(proxy.resolve("/api/tags")).build();
        return found(NAME, http.send(request, BodyHandlers.ofString()).body());
    }

    private HttpRequest post(String path, String agent, String body) {
        return HttpRequest.newBuilder(proxy.resolve(path))
                .header("User-Agent", agent)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static Stream<String> found(Pattern field, String json) {
        Matcher matcher = field.matcher(json);
        return matcher.results().map(result -> result.group(1));
    }

    /**
     * Hands lines on as they come; unlike a stream of lines it lets a wait be interrupted.
     *
     * @param sink takes them
     */
    private record Lines(Consumer<String> sink) implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            sink.accept(line);
        }

        @Override
        public void onError(Throwable failure) {
            // The wait for the answer ends with the same failure.
        }

        @Override
        public void onComplete() {
            // The wait for the answer ends.
        }
    }
}
