package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One who asks and does not listen keeps no thread. */
final class LineStreamTest {

    /** Much more than sockets hold. */
    private static final int MUCH = 32 << 20;

    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(exchange -> exchange.dispatch(() -> {
                LineStream.send(exchange, "first\n".getBytes(StandardCharsets.US_ASCII), new byte[MUCH]);
                sent.complete(null);
            }))
            .build();

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void waitsForNobodyIfAllLinesAreKnown() throws Exception {
        server.start();
        try (Socket client = request()) {
            sent.get(10, TimeUnit.SECONDS);

            assertThat(Call.readTo(client.getInputStream(), "first\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Content-Type: application/x-ndjson\r\n", "Transfer-Encoding: chunked\r\n");
            assertThat(client.getInputStream().readNBytes(MUCH)).hasSize(MUCH);
        }
    }

    private Socket request() throws IOException {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        Socket client = new Socket(address.getAddress(), address.getPort());
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
