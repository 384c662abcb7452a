package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One who asks and does not listen keeps no thread. */
final class LineStreamTest {

    private static final byte[] FIRST = "first\n".getBytes(StandardCharsets.US_ASCII);

    /** Much more than sockets hold. */
    private static final int MUCH = 32 << 20;

    private static final int LONG_SECONDS = 10;

    private final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(exchange -> exchange.dispatch(() -> handle(exchange)))
            .build();
    private volatile Consumer<HttpServerExchange> handler = exchange -> {};

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void waitsForNobodyIfAllLinesAreKnown() throws Exception {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        try (Socket client = ask(exchange -> {
            LineStream.send(exchange, FIRST, new byte[MUCH]);
            sent.complete(null);
        })) {
            sent.get(LONG_SECONDS, TimeUnit.SECONDS);

            assertThat(Call.readTo(client.getInputStream(), "first\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Type: application/x-ndjson\r\n", "Transfer-Encoding: chunked\r\n");
            assertThat(client.getInputStream().readNBytes(MUCH)).hasSize(MUCH);
        }
    }

    @Test
    void cutsOffWhoDoesNotTakeTheFirstLineAtOnce() throws Exception {
        assertCutOff(exchange -> new LineStream(exchange).begin(new byte[MUCH]));
    }

    @Test
    void cutsOffWhoDoesNotTakeALineInTime() throws Exception {
        assertCutOff(exchange -> new LineStream(exchange, Duration.ofMillis(100)).write(new byte[MUCH]));
    }

    private void assertCutOff(Writing writing) throws Exception {
        CompletableFuture<String> failure = new CompletableFuture<>();
        try (Socket client = ask(exchange -> {
            try {
                writing.write(exchange);
                failure.complete("");
            } catch (IOException refused) {
                failure.complete(refused.getMessage());
            }
        })) {
            assertThat(failure.get(LONG_SECONDS, TimeUnit.SECONDS)).isEqualTo("it does not read");
            assertThat(client.getInputStream().readAllBytes()).hasSizeLessThan(MUCH);
        }
    }

    /** Is what a handler writes. */
    private interface Writing {

        void write(HttpServerExchange exchange) throws IOException;
    }

    private void handle(HttpServerExchange exchange) {
        handler.accept(exchange);
    }

    private Socket ask(Consumer<HttpServerExchange> answer) throws IOException {
        handler = answer;
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        Socket client = new Socket(address.getAddress(), address.getPort());
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
