package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.util.HttpString;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in on one side comes out on the other. */
final class RelayTransparencyTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

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
                "/api/version?x=%zz",
                "/api/version?a=%&b=%f",
                "/api/version?a=%ff",
                "/",
                "/api/tags",
                "/api/tags?",
                "/api/tags?x=1&y=%20+",
                "/api//pull",
                "//api/pull",
                "/api/./pull",
                "/api/x/../pull",
                "/api/%70ull",
                "/api%2Fpull",
                "/api%2f/pull",
                "/api/pull;x=1",
                "/api/pull;x=1/y;z?q",
                "/api/\u00c3\u00a9?\u00ff",
                "/a?b?c/d",
                "/a|b{c}\"d\"<e>\\f^`",
                "/api/%00/%ff",
                "/v1/models/a:b@c"
            })
    void sendsTheTargetAsItCame(String target) throws IOException {
        assertThat(requestFor("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .isEqualTo("GET " + target + " HTTP/1.1\r\nHost: " + fixture.authority() + "\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET http://localhost/api/tags?x=%20, GET /api/tags?x=%20",
        "GET http://localhost, GET /",
        "GET http://localhost?x, GET /?x",
        "OPTIONS http://localhost, OPTIONS *",
        "OPTIONS *, OPTIONS *"
    })
    void sendsTheAbsoluteFormAsOriginForm(String given, String expected) throws IOException {
        assertThat(requestFor(given + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith(expected + " HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "FOO", "post", "PROPFIND"})
    void sendsEveryMethod(String method) throws IOException {
        assertThat(requestFor(method + " /x HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith(method + " /x HTTP/1.1\r\n");
    }

    @Test
    void sendsFieldsAsTheyCame() throws IOException {
        String fields =
                "user-AGENT:  a  b\t c \r\nX-A: 1\r\nx-b:\r\nX-A: 2\r\nCookie: a=1\r\nCookie: b=2\r\nX-C: \u00e9\r\n";
        assertThat(requestFor("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n"))
                .isEqualTo("GET / HTTP/1.1\r\nHost: " + fixture.authority() + "\r\n" + fields + "\r\n");
    }

    @Test
    void keepsFieldsForTheNextHopFromTheBackend() throws IOException {
        String request = lines(
                "GET / HTTP/1.1",
                "Host: a",
                "Connection: Upgrade, HTTP2-Settings, X-Mine",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
                "x-mine: 1",
                "Keep-Alive: 5",
                "TE: trailers",
                "Trailer: X",
                "Proxy-Connection: x",
                "Proxy-Authorization: x",
                "X-Yours: 2",
                "",
                "");
        assertThat(requestFor(request))
                .isEqualTo("GET / HTTP/1.1\r\nHost: " + fixture.authority() + "\r\nX-Yours: 2\r\n\r\n");
    }

    @Test
    void returnsTheAnswerAsItCame() throws IOException {
        String answer = lines(
                "HTTP/1.1 299 Very  odd",
                "date: yesterday",
                "X-a:  1  2",
                "X-A: 3",
                "Set-Cookie: a",
                "Set-Cookie: b",
                "Content-Length: 3",
                "",
                "\u0000\u00ff\n");
        assertThat(answerTo("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", answer))
                .isEqualTo(answer.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.1 404 Nicht da"})
    void returnsTheStatusLineAsItCame(String line) throws IOException {
        assertThat(answerTo(
                        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                        line + "\r\nContent-Length: 0\r\n\r\n"))
                .startsWith(line + "\r\n");
    }

    @Test
    void keepsFieldsForTheNextHopFromTheClient() throws IOException {
        String answer = lines(
                "HTTP/1.1 200 OK",
                "Connection: X-Mine, close",
                "X-Mine: 1",
                "Keep-Alive: 1",
                "Upgrade: h2c",
                "Content-Length: 0",
                "",
                "");
        assertThat(answerTo("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", answer))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }

    @Test
    void returnsChunksAsTheyCame() throws IOException {
        String chunks = "5;x=y\r\nhello\r\n1\r\n \r\n0\r\nX-T: 1\r\n\r\n";
        assertThat(answerTo(
                        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks))
                .isEqualTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks);
    }

    @Test
    void takesChunksApartForClientsOfHttp10() throws IOException {
        assertThat(answerTo(
                        "GET / HTTP/1.0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n2\r\n w\r\n0\r\n\r\n"))
                .isEqualTo("HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nhello w");
    }

    @Test
    void keepsTheConnectionOfAnHttp10ClientThatAsksForIt() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head()).startsWith("GET / HTTP/1.1\r\n");
                backend.send(OK);
                assertThat(client.head()).startsWith("HTTP/1.0 200 OK\r\n").contains("Connection: keep-alive");
                client.send("GET /again HTTP/1.0\r\n\r\n");
                assertThat(backend.head()).startsWith("GET /again HTTP/1.1\r\n");
                backend.send(OK);
                assertThat(client.rest()).contains("Connection: close");
            }
        }
    }

    @Test
    void returnsWhatAnHttp10BackendSaysUntilItCloses() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send("HTTP/1.0 200 OK\r\nX: y\r\n\r\nall of it");
            }
            assertThat(client.rest()).isEqualTo("HTTP/1.1 200 OK\r\nX: y\r\nConnection: close\r\n\r\nall of it");
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 200", "GET, 204", "GET, 304", "HEAD, 404"})
    void knowsAnswersWithoutBody(String method, int status) throws IOException {
        try (Wire client = fixture.client()) {
            for (int i = 0; i < 2; i++) {
                client.send(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            try (Wire backend = fixture.accept()) {
                String answer = "HTTP/1.1 " + status + " X\r\nContent-Length: 17\r\n\r\n";
                for (int i = 0; i < 2; i++) {
                    assertThat(backend.head()).startsWith(method);
                    backend.send(answer);
                    assertThat(client.head()).isEqualTo(answer);
                }
            }
        }
    }

    @Test
    void handsOverWhatTheCallerChanged() throws IOException {
        fixture.close();
        fixture = new RelayFixture(relay -> exchange -> {
            exchange.getRequestHeaders().remove("Origin");
            exchange.getResponseHeaders().put(new HttpString("Access-Control-Allow-Origin"), "*");
            exchange.getResponseHeaders().put(new HttpString("Vary"), "Origin");
            relay.handleRequest(exchange);
        });
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\norigin: b\r\nX: y\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head()).doesNotContain("rigin").contains("X: y");
                backend.send(
                        "HTTP/1.1 200 OK\r\naccess-control-allow-origin: c\r\nVary: A\r\nContent-Length: 0\r\n\r\n");
                assertThat(client.head())
                        .contains("Vary: A\r\n", "Vary: Origin\r\n", "Access-Control-Allow-Origin: *\r\n")
                        .doesNotContain("access-control");
            }
        }
    }

    @Test
    void sendsABodyOfTheCaller() throws IOException {
        fixture.close();
        fixture = new RelayFixture(relay -> exchange -> exchange.getRequestReceiver()
                .receiveFullBytes((read, body) -> relay.relay(read, new byte[] {'n', 'e', 'w'})));
        try (Wire client = fixture.client()) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nold\r\n0\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head() + backend.read(3))
                        .isEqualTo("POST /x HTTP/1.1\r\nHost: " + fixture.authority()
                                + "\r\nContent-Length: 3\r\n\r\nnew");
                backend.send(OK);
                assertThat(client.head()).isEqualTo(OK);
            }
        }
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    private String requestFor(String sent) throws IOException {
        try (Wire client = fixture.client()) {
            client.send(sent);
            try (Wire backend = fixture.accept()) {
                String received = backend.head();
                backend.send(OK);
                assertThat(client.head()).isEqualTo(OK);
                return received;
            }
        }
    }

    private String answerTo(String request, String answer) throws IOException {
        try (Wire client = fixture.client()) {
            client.send(request);
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send(answer);
                return client.rest();
            }
        }
    }
}
