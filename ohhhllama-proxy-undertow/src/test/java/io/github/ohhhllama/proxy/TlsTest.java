package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.Fault;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SteppedPacing;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stands under somebody's HTTPS listener, which may offer HTTP/2 besides. */
final class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private HandlerFixture fixture;
    private FakeOllama ollama;
    private QueueService queue;
    private OhhhllamaHandler handler;
    private Undertow http1;
    private Undertow http2;
    private SSLContext tls;

    @BeforeEach
    void start() throws Exception {
        tls = SelfSigned.in(directory);
        fixture = new HandlerFixture(directory);
        ollama = fixture.ollama();
        queue = fixture.queue();
        handler = fixture.handler();
        http1 = undertow(false);
        http2 = undertow(true);
    }

    private Undertow undertow(boolean offersHttp2) {
        Undertow undertow = Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, offersHttp2)
                .addHttpsListener(0, "127.0.0.1", tls)
                .setHandler(handler)
                .build();
        undertow.start();
        return undertow;
    }

    @AfterEach
    void stop() {
        fixture.close();
        http1.stop();
        http2.stop();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void passesTokensOnOneByOne(boolean offersHttp2) throws Exception {
        SteppedPacing steps = Pacing.stepped(1);
        ollama.say(List.of("one", "two", "three"), steps);
        try (Socket socket = call(offersHttp2, "POST", "/api/chat")
                .body("{\"model\":\"llama3:8b\",\"messages\":[]}")
                .open()) {
            steps.step();
            assertThat(Call.readTo(socket.getInputStream(), "one")).doesNotContain("two");
            steps.step();
            assertThat(Call.readTo(socket.getInputStream(), "two")).doesNotContain("three");
            steps.finish();
            Call.readTo(socket.getInputStream(), "0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void queuesPulls(boolean offersHttp2) throws Exception {
        Call.Answer answer = call(offersHttp2, "POST", "/api/pull")
                .body("{\"model\":\"mistral\"}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("\"status\":\"queued\"");
        assertThat(queue.findActive(ModelName.parse("mistral"))).isPresent();
        assertThat(ollama.pulls()).isEmpty();
    }

    @Test
    void passesBodiesOnWhole() throws Exception {
        byte[] blob = new byte[3_000_000];
        Arrays.fill(blob, (byte) 'x');
        HttpRequest upload = HttpRequest.newBuilder(uri(false, "/api/blobs/sha256:" + "0".repeat(64)))
                .POST(BodyPublishers.ofByteArray(blob))
                .build();

        client(HttpClient.Version.HTTP_1_1).send(upload, BodyHandlers.ofString());

        assertThat(ollama.takeRequest(PATIENCE))
                .matches(request -> request.isComplete() && request.length() == blob.length);
    }

    @Test
    void believesNoBodyWhoseChunksAreMalformed() throws Exception {
        String body = "{\"model\":\"mistral\"}";
        String request = "POST /api/pull HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\nzz\r\n\r\n";
        try (Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", port(false))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(Call.readTo(socket.getInputStream(), "\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        }
        assertThat(queue.findActive(ModelName.parse("mistral"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noticesAtOnceThatAClientLeft(boolean offersHttp2) throws Exception {
        ollama.offer(FakeModel.of("stub:cloud", 400)).fault("stub:cloud", Fault.hangAfter(100));
        Socket socket = call(offersHttp2, "POST", "/api/pull")
                .body("{\"model\":\"stub:cloud\"}")
                .open();
        Call.readTo(socket.getInputStream(), "\"completed\":100");

        socket.close();

        assertThat(ollama.awaitPulls(0, PATIENCE)).isTrue();
    }

    @Test
    void endsAHeldPullWhenItStops() throws Exception {
        try (Socket socket = call(false, "POST", "/api/pull")
                .as(ProxyFixture.CLI)
                .with("Prefer", "wait")
                .body("{\"model\":\"mistral\"}")
                .open()) {
            Call.readTo(socket.getInputStream(), "pulling manifest\"}\n");
            handler.refuseNewRequests();

            assertThat(Call.readTo(socket.getInputStream(), "\"}\n")).contains("stays in the queue");
        }
    }

    @Test
    void saysOverHttp2ThatItSpeaksAnotherVersion() throws Exception {
        HttpResponse<String> answer = client(HttpClient.Version.HTTP_2)
                .send(HttpRequest.newBuilder(uri(true, "/api/tags")).build(), BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(505);
        assertThat(ollama.requests()).isEmpty();
    }

    @Test
    void isSpokenToInHttp1WhereTheListenerOffersNothingElse() throws Exception {
        HttpResponse<String> answer = client(HttpClient.Version.HTTP_2)
                .send(HttpRequest.newBuilder(uri(false, "/api/version")).build(), BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private Call call(boolean offersHttp2, String method, String target) {
        return Call.of(port(offersHttp2), method, target).as(ProxyFixture.CURL).over(tls.getSocketFactory());
    }

    private HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(tls).version(version).build();
    }

    private URI uri(boolean offersHttp2, String path) {
        return URI.create("https://127.0.0.1:" + port(offersHttp2) + path);
    }

    private int port(boolean offersHttp2) {
        return HandlerFixture.port(offersHttp2 ? http2 : http1);
    }
}
