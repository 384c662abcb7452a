package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that leaves is missed also after it sent more requests ahead than are read before their turn. */
@EnabledOnOs(OS.LINUX)
final class SentAheadTest {

    private static final String FIRST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}";
    private static final String AHEAD = "GET /ahead HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n";

    /** More than the guard holds, less than the sockets of this machine do. */
    private static final int MUCH = 1 << 18;

    /** More than is read ahead of anybody and than the sockets of this machine hold, less than of a client that left. */
    private static final long LITTLE = 24 << 20;

    private RelayFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new RelayFixture();
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "half"})
    void leavesWithAClientThatHasNoAnswerYet(String way) throws IOException {
        Wire client = fixture.client();
        client.send(FIRST + AHEAD.repeat(MUCH / AHEAD.length()));
        try (Wire backend = fixture.accept()) {
            backend.head();
            backend.read(2);
            client.leave(way);
            assertThat(backend.restUntilBroken()).isEmpty();
        }
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "half"})
    void leavesWithAClientWhoseSocketIsFull(String way) throws IOException {
        Wire client = fixture.client();
        client.send(FIRST);
        try (Wire backend = fixture.accept()) {
            backend.head();
            backend.read(2);
            backend.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            client.flood(AHEAD);
            client.leave(way);
            assertThat(backend.restUntilBroken()).isEmpty();
        }
        client.close();
    }

    @Test
    void staysWithAClientThatIsThere() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(FIRST + AHEAD.repeat(MUCH / AHEAD.length()));
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.read(2);
                await().during(Duration.ofSeconds(1)).until(backend::isOpen);
                backend.send(OK + "1");
                assertThat(client.head()).isEqualTo(OK);
            }
        }
    }

    @Test
    void losesNothingOfWhatWasReadAheadForNothing(@TempDir Path tables) throws Exception {
        fixture.close();
        fixture = new RelayFixture(tables);
        fixture.writeTableWithoutClients(tables);
        StringBuilder paths = new StringBuilder();
        int count = 2_000;
        for (int i = 0; i < count; i++) {
            paths.append("GET /")
                    .append(i)
                    .append(" HTTP/1.1\r\nHost: a\r\nX: ")
                    .append("x".repeat(1000))
                    .append("\r\n\r\n");
        }
        try (Wire client = fixture.client()) {
            client.send(FIRST);
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, paths.toString()));
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.read(2);
                sending.get();
                backend.send(OK + "f");
                client.head();
                assertThat(client.read(1)).isEqualTo("f");
                for (int i = 0; i < count; i++) {
                    assertThat(backend.head()).startsWith("GET /" + i + " HTTP/1.1\r\n");
                    backend.send(OK + i % 10);
                    client.head();
                    assertThat(client.read(1)).isEqualTo(String.valueOf(i % 10));
                }
            }
        }
    }

    /** As under a listener that has addresses from elsewhere. */
    @Test
    void readsLittleAheadWhereTheTableIsNotOfThisListener(@TempDir Path tables) throws Exception {
        Files.writeString(tables.resolve("tcp"), "a table without the port of the listener\n");
        fixture.close();
        fixture = new RelayFixture(tables);
        try (Wire client = fixture.client()) {
            client.send(FIRST);
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.read(2);
                long sent = 0;
                for (long more = client.flood(AHEAD, LITTLE);
                        more > 0 && sent < LITTLE;
                        more = client.flood(AHEAD, LITTLE)) {
                    sent += more;
                }
                assertThat(sent).isBetween(1L, LITTLE - 1);
                backend.send(OK + "1");
                assertThat(client.head()).isEqualTo(OK);
            }
        }
    }

    private static void send(Wire client, String text) {
        try {
            client.send(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
