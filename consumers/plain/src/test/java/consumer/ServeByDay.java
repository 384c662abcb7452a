package consumer;

import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.proxy.ProxyMetrics;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeOllama;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** Asks the proxy for a model, for what is Ollama's and for figures, so that every library below it has had its turn. */
public final class ServeByDay {

    private final OhhhllamaProxy proxy;

    private ServeByDay(OhhhllamaProxy proxy) {
        this.proxy = proxy;
    }

    public static void main(String... arguments) throws Exception {
        ProxyMetrics metrics = new ProxyMetrics();
        try (FakeOllama ollama = FakeOllama.start();
                Ohhhllama ohhhllama = Ohhhllama.builder(Path.of(arguments[0]))
                        .backend(ollama.uri())
                        .listener(metrics)
                        .build();
                OhhhllamaProxy proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                        .listen(new InetSocketAddress("127.0.0.1", 0))
                        .backend(ollama.uri())
                        .metrics(metrics)
                        .start()) {
            ohhhllama.start();
            ServeByDay day = new ServeByDay(proxy);
            day.ask("POST", "/api/pull", "{\"model\":\"phi3\"}", "is queued for");
            day.ask("GET", "/api/version", "", "\"version\"");
            day.ask("GET", "/api/queue", "", "phi3");
            day.ask("GET", "/metrics", "", "ohhhllama_");
            System.out.println("served");
        }
    }

    private void ask(String method, String path, String body, String expected) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300 || !answer.body().contains(expected)) {
            throw new IllegalStateException(path + ": expected " + expected + ", got " + answer.statusCode() + " "
                    + answer.body());
        }
    }
}
