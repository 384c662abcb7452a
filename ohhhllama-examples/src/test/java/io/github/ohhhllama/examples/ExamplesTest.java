package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each example as its reader would. */
final class ExamplesTest {

    private final PrintStream systemOut = System.out;
    private final InputStream systemIn = System.in;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private FakeOllama ollama;

    @BeforeEach
    void setUp() {
        ollama = FakeOllama.start().offer(FakeModel.of("llama3:8b", 1000));
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void tearDown() {
        System.setOut(systemOut);
        System.setIn(systemIn);
        ollama.close();
    }

    @Test
    void embedTheQueueQueuesOnce() {
        EmbedTheQueue.main(database(), ollama.uri().toString());
        EmbedTheQueue.main(database(), ollama.uri().toString());

        assertThat(output()).containsExactly("queued as number 1", "was queued before, as number 1");
        assertThat(ollama.pulls()).isEmpty();
    }

    @Test
    void inspectTheQueueShowsWhatAnotherInstanceQueued() {
        EmbedTheQueue.main(database(), ollama.uri().toString());
        written.reset();

        InspectTheQueue.main(database());

        assertThat(output()).containsExactly("1 waiting", "llama3:8b is pending");
    }

    @Test
    void ownRateLimiterDecidesInsteadOfTheDailyLimit() {
        OwnRateLimiter.main(database());

        assertThat(output()).containsExactly("alice: queued", "mallory: refused");
    }

    @Test
    void takeOllamasPortQueuesAPullAndPassesTheRest() throws IOException {
        List<HttpResponse<String>> answers = whenRead(List.of(
                () -> request("/api/pull").POST(BodyPublishers.ofString("{\"model\":\"llama3:8b\"}")),
                () -> request("/api/version")));

        TakeOllamasPort.main(database(), ollama.uri().toString(), "0");

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(202, 200);
        assertThat(answers.get(0).body()).contains("\"status\":\"queued\"");
        assertThat(answers.get(1).body()).contains("\"version\":");
        assertThat(ollama.pulls()).isEmpty();
    }

    @Test
    void runTheProxyServesOllamasClientsBesideItsOwn() throws IOException {
        List<HttpResponse<String>> answers = whenRead(List.of(
                () -> request("/ollama/api/pull").POST(BodyPublishers.ofString("{\"model\":\"llama3:8b\"}")),
                () -> request("/ollama/api/version"),
                () -> request("/")));

        RunTheProxy.main(database(), ollama.uri().toString(), "0");

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(202, 200, 200);
        assertThat(answers.get(0).body()).contains("\"status\":\"queued\"");
        assertThat(answers.get(1).body()).contains("\"version\":");
        assertThat(answers.get(2).body()).isEqualTo("Ollama is at /ollama");
        assertThat(ollama.pulls()).isEmpty();
    }

    @Test
    void followTheQueueHearsOfTheEnd() {
        FollowTheQueue.main(database(), ollama.uri().toString());

        assertThat(output()).contains("llama3:8b completed", "has 8.0B parameters");
        assertThat(ollama.installed()).containsExactly("llama3:8b");
    }

    @Test
    void nightlyPullsFetchesWhatQuartzQueues() throws Exception {
        ollama.offer(FakeModel.of("phi3:mini", 1000));
        System.setIn(new WhenRead(() -> await().atMost(Duration.ofSeconds(30))
                .until(() -> ollama.installed().containsAll(List.of("llama3:8b", "phi3:mini")))));

        NightlyPulls.main(database(), ollama.uri().toString(), "* * * * * ?");

        assertThat(ollama.pulls()).startsWith("llama3:8b", "phi3:mini");
    }

    /** Sends requests when the program reads a key, since its port is known by then. */
    private List<HttpResponse<String>> whenRead(List<Supplier<HttpRequest.Builder>> requests) {
        List<HttpResponse<String>> answers = new ArrayList<>();
        System.setIn(new WhenRead(() -> requests.forEach(request -> answers.add(send(request.get())))));
        return answers;
    }

    private HttpRequest.Builder request(String path) {
        String line = output().get(0);
        String port = line.substring(line.lastIndexOf(' ') + 1);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("User-Agent", "test");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String database() {
        return directory.resolve("queue.db").toString();
    }

    private List<String> output() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Is a keyboard whose first key is pressed after something was done. */
    private static final class WhenRead extends InputStream {

        private final Runnable before;

        WhenRead(Runnable before) {
            this.before = before;
        }

        @Override
        public int read() {
            before.run();
            return '\n';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            buffer[offset] = (byte) read();
            return 1;
        }
    }
}
