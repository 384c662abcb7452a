package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that leaves is missed also while Ollama does not read what it sent. */
@EnabledOnOs(OS.LINUX)
final class StalledUploadTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String ENDLESS = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n";
    private static final int MUCH = 64 << 20;
    private static final int PIECE = 1 << 16;
    private static final int MORE_THAN_SOCKETS_HOLD = 24 << 20;

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
    @ValueSource(strings = {CHUNKED, ENDLESS})
    void leavesWithAClientThatCloses(String head) throws IOException {
        Wire client = fixture.client();
        client.send(head);
        try (Wire backend = fixture.accept()) {
            client.flood(head.equals(CHUNKED) ? "1\r\nx\r\n" : "x");
            client.close();
            await().until(() -> !backend.isOpen());
            assertThat(backend.isReset()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHUNKED, ENDLESS})
    void leavesWithAClientThatResets(String head) throws IOException {
        Wire client = fixture.client();
        client.send(head);
        try (Wire backend = fixture.accept()) {
            client.flood(head.equals(CHUNKED) ? "1\r\nx\r\n" : "x");
            client.reset();
            await().until(() -> !backend.isOpen());
            assertThat(backend.isReset()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHUNKED, ENDLESS})
    void refusesAnUploadThatEndsEarly(String head) throws IOException {
        try (Wire client = fixture.client()) {
            client.send(head);
            try (Wire backend = fixture.accept()) {
                client.flood(head.equals(CHUNKED) ? "1\r\nx\r\n" : "x");
                client.shutdownOutput();
                assertThat(client.rest()).startsWith("HTTP/1.1 400 Bad Request");
                assertThat(backend.isReset()).isTrue();
            }
        }
    }

    @Test
    void leavesWithAClientWhoseBytesWaitOnOllamasSideOnly() throws IOException {
        Wire client = fixture.client();
        client.send(ENDLESS);
        try (Wire backend = fixture.accept()) {
            backend.head();
            client.send(new byte[1 << 20]);
            client.close();
            await().until(() -> !backend.isOpen());
            assertThat(backend.isReset()).isTrue();
        }
    }

    @Test
    void answersAClientThatSentAllAndClosedOnlyItsSide() throws Exception {
        try (Wire client = fixture.client()) {
            Semaphore sent = new Semaphore(0);
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendMuch(client, sent));
            try (Wire backend = fixture.accept()) {
                backend.head();
                int left = MUCH;
                // At last no faster than the client sends: what is left must be more than Ollama's side of the relay
                // holds.
                for (; !sending.isDone(); left -= PIECE) {
                    sent.drainPermits();
                    backend.read(PIECE);
                    boolean unused = left > MORE_THAN_SOCKETS_HOLD || sent.tryAcquire(50, TimeUnit.MILLISECONDS);
                }
                await().during(Duration.ofSeconds(1)).until(backend::isOpen);
                backend.read(left);
                backend.send(OK);
                assertThat(client.rest()).startsWith("HTTP/1.1 200 OK");
            }
        }
    }

    @Test
    void waitsForABackendThatReadsSlowly() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(ENDLESS);
            try (Wire backend = fixture.accept()) {
                backend.head();
                long sent = client.flood("x");
                await().during(Duration.ofSeconds(1)).until(backend::isOpen);
                backend.read((int) sent);
            }
        }
    }

    @Test
    void losesNothingOfWhatWasReadAheadForNothing(@TempDir Path tables) throws Exception {
        restart(tables);
        fixture.writeTableWithoutClients(tables);
        byte[] body = new byte[MORE_THAN_SOCKETS_HOLD];
        new Random(1).nextBytes(body);
        try (Wire client = fixture.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n");
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, body));
            try (Wire backend = fixture.accept()) {
                backend.head();
                sending.get();
                assertThat(backend.read(body.length).equals(new String(body, StandardCharsets.ISO_8859_1)))
                        .isTrue();
                backend.send(OK);
                assertThat(client.head()).isEqualTo(OK);
            }
        }
    }

    @Test
    void readsALittleAheadWhereThereIsNoTable(@TempDir Path tables) throws Exception {
        Path table = Files.createSymbolicLink(tables.resolve("tcp"), SocketTable.LINUX.resolve("tcp"));
        Files.createSymbolicLink(tables.resolve("tcp6"), SocketTable.LINUX.resolve("tcp6"));
        restart(tables);
        try (Wire client = fixture.client()) {
            client.send(ENDLESS);
            try (Wire backend = fixture.accept()) {
                backend.head();
                await().until(() -> client.flood("x") == 0);
                // Only now, so that what is read ahead cannot be taken for what the sockets hold.
                Files.delete(table);
                await().until(() -> client.flood("x") > 0);
                await().until(() -> client.flood("x") == 0);
            }
        }
    }

    private void restart(Path tables) throws IOException {
        fixture.close();
        fixture = new RelayFixture(tables);
    }

    private static void send(Wire client, byte[] body) {
        try {
            client.send(body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sendMuch(Wire client, Semaphore sent) {
        try {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + MUCH + "\r\n\r\n");
            for (int i = 0; i < MUCH / PIECE; i++) {
                client.send(new byte[PIECE]);
                sent.release();
            }
            client.shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
