package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that swallows what is sent to it: Linux drops newcomers where nobody accepts and the queue is full. */
@EnabledOnOs(OS.LINUX)
final class ConnectTimeoutTest {

    private static final int MORE_THAN_WAIT = 8;

    private final List<SocketChannel> waiting = new ArrayList<>();
    private RelayFixture fixture;

    @BeforeEach
    void fillTheQueue() throws IOException {
        ServerSocket backend = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        for (int i = 0; i < MORE_THAN_WAIT; i++) {
            SocketChannel channel = SocketChannel.open();
            waiting.add(channel);
            channel.configureBlocking(false);
            channel.connect(backend.getLocalSocketAddress());
        }
        fixture = new RelayFixture(backend, Duration.ofMillis(150));
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
        for (SocketChannel channel : waiting) {
            channel.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n"
            })
    void answersWhenTheTimeIsOver(String request) throws IOException {
        try (Wire client = fixture.client()) {
            client.send(request);
            assertThat(client.head()).startsWith("HTTP/1.1 502 Bad Gateway\r\nContent-Type: application/json\r\n");
            assertThat(client.piece())
                    .startsWith("{\"error\":\"Ollama does not answer at " + fixture.authority()
                            + ": no connection within 150 ms. ")
                    .contains("OLLAMA_HOST", "OLLAMA_BACKEND")
                    .endsWith("\"}");
        }
    }

    @Test
    void servesTheNextRequestOfTheSameClientOnceThereIsRoom() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.head();
            assertThat(client.piece()).contains("no connection within");
            for (SocketChannel channel : waiting) {
                if (channel.finishConnect()) {
                    fixture.accept().close();
                } else {
                    channel.close();
                }
            }
            client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head()).startsWith("GET /next ");
            }
        }
    }
}
