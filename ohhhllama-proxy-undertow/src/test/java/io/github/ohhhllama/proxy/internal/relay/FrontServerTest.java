package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no request gets no further. */
final class FrontServerTest {

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
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "Content-Length: 3, 4\r\n\r\nabc",
                "Content-Length: +3\r\n\r\nabc",
                "Content-Length: 0x3\r\n\r\nabc",
                "Content-Length: -3\r\n\r\nabc",
                "Content-Length:\r\n\r\nabc",
                "Content-Length: 99999999999999999999\r\n\r\nabc",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "X-A: b\r\n c\r\n\r\n",
                "X-A: b\r\n\tc\r\n\r\n",
                " X-A: b\r\n\r\n",
                "X-A: b\u0000c\r\n\r\n",
                "X-A: b\u0001c\r\n\r\n",
                "X-A: b\u007fc\r\n\r\n",
                "X-A: b\rc\r\n\r\n",
                "X-A: b\nX-B: c\r\n\r\n",
                "X-A: b\n\r\n",
                "X A: b\r\n\r\n",
                ": b\r\n\r\n",
                "X-A\r\n\r\n",
                "Host: b\r\n\r\n"
            })
    void refusesBadFieldsAndFraming(String bad) throws IOException {
        assertRefused("POST / HTTP/1.1\r\nHost: a\r\n" + bad, "400 Bad Request");
    }

    @Test
    void namesAHostThatStandsForNoAddress() {
        assertThatThrownBy(() -> FrontServer.listen(InetSocketAddress.createUnresolved("nosuchhost.invalid", 0)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContainingAll("\"nosuchhost.invalid\"", "expected an address of this machine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nX: y\r\n\r\n",
                "G,ET / HTTP/1.1\r\nHost: a\r\n\r\n",
                " / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\t HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\nX: y HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET api/pull HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: me@a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: \u00e4\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void refusesBadRequestLines(String bad) throws IOException {
        assertRefused(bad, "400 Bad Request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT a:443 HTTP/1.1", "TRACE / HTTP/1.1", "CONNECT / HTTP/1.1"})
    void neverTunnels(String line) throws IOException {
        assertRefused(line + "\r\nHost: a\r\n\r\n", "405 Method Not Allowed");
    }

    @Test
    void refusesOtherExpectations() throws IOException {
        assertRefused(
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n", "417 Expectation Failed");
    }

    @Test
    void refusesAHeadOverOneMebibyte() throws IOException {
        assertRefused(
                "GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(RequestGuard.LONGEST_HEAD) + "\r\n\r\n",
                "431 Request Header Fields Too Large");
    }

    @Test
    void refusesTooManyFields() throws IOException {
        assertRefused(
                "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(RequestGuard.MOST_FIELDS) + "\r\n",
                "431 Request Header Fields Too Large");
    }

    @Test
    void takesAHeadOfAlmostOneMebibyte() throws IOException {
        String fields = "X: " + "y".repeat(1 << 19) + "\r\n"
                + IntStream.range(0, 4000).mapToObj(i -> "X-" + i + ": y\r\n").collect(Collectors.joining());
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head()).endsWith(fields + "\r\n");
            }
        }
    }

    @Test
    void takesARequestByteByByte() throws IOException {
        try (Wire client = fixture.client()) {
            for (char octet : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx".toCharArray()) {
                client.send(String.valueOf(octet));
            }
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head() + backend.read(1)).endsWith("Content-Length: 1\r\n\r\nx");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nz\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
            })
    void neverShowsAHandlerAMalformedBodyAsComplete(String bad) throws IOException {
        fixture.close();
        AtomicBoolean complete = new AtomicBoolean();
        fixture = new RelayFixture(relay -> exchange -> exchange.getRequestReceiver()
                .receiveFullBytes((read, body) -> complete.set(true), (read, failure) -> {}));
        try (Wire client = fixture.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\n" + bad);
            client.shutdownOutput();
            assertThat(client.rest()).startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThat(complete).isFalse();
        }
    }

    @Test
    void findsAnOllamaWithANameWhateverTheWorkersWaitFor() throws Exception {
        fixture.close();
        Semaphore waiting = new Semaphore(0);
        Semaphore end = new Semaphore(0);
        fixture = RelayFixture.named("LOCALHOST", relay -> exchange -> {
            if (exchange.getRequestPath().equals("/wait")) {
                exchange.dispatch(() -> {
                    waiting.release();
                    end.acquireUninterruptibly();
                });
            } else {
                relay.handleRequest(exchange);
            }
        });
        String wait = "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n";
        List<Wire> clients = new ArrayList<>();
        try {
            for (int i = 0; i < FrontServer.WORKER_THREADS; i++) {
                clients.add(fixture.client().send(wait));
            }
            assertThat(waiting.tryAcquire(FrontServer.WORKER_THREADS, 10, TimeUnit.SECONDS))
                    .isTrue();
            clients.add(fixture.client().send(wait.replace("/wait", "/")));
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head()).startsWith("GET / ");
            }
        } finally {
            end.release(FrontServer.WORKER_THREADS);
            for (Wire client : clients) {
                client.close();
            }
        }
    }

    private void assertRefused(String request, String status) throws IOException {
        try (Wire client = fixture.client()) {
            client.send(request);
            assertThat(client.restUntilBroken())
                    .startsWith("HTTP/1.1 " + status + "\r\n")
                    .contains("Connection: close");
            assertThat(fixture.isLeftAlone()).isTrue();
        }
    }
}
