package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.RequestBufferingHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes over from somebody else's listener no more than it can answer for. */
final class AdoptionTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private RelayFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = RelayFixture.embedded(adoption -> adoption);
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    private void embed(UnaryOperator<HttpHandler> site) throws IOException {
        fixture.close();
        fixture = RelayFixture.embedded(site);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nX-A: b\u0001c\r\n\r\n"
            })
    void refusesWhatIsNotFramedInOneWay(String bad) throws IOException {
        try (Wire client = fixture.client()) {
            client.send(bad);

            assertThat(client.head()).startsWith("HTTP/1.1 400 ");
            assertThat(fixture.isLeftAlone()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT a:443, '', 405 Method Not Allowed",
        "TRACE /, '', 405 Method Not Allowed",
        "POST /, 'Expect: tea\r\nContent-Length: 1\r\n', 417 Expectation Failed"
    })
    void neitherTunnelsNorGuesses(String start, String fields, String refusal) throws IOException {
        try (Wire client = fixture.client()) {
            client.send(start + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 " + refusal);
            assertThat(fixture.isLeftAlone()).isTrue();
        }
    }

    @Test
    void writesAnewWhatUndertowHasSmoothed() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("GET /a?b=%41 HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n 2\r\nx-b:\t3 \r\nX-A: 4\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head())
                        .startsWith("GET /a?b=%41 HTTP/1.1\r\nHost: " + fixture.authority() + "\r\n")
                        .contains("X-A: 1 2\r\nX-A: 4\r\n", "x-b: 3\r\n");
                backend.send(OK);
                assertThat(client.head()).isEqualTo(OK);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/ollama/api/%70ull?x=/ollama, /api/%70ull?x=/ollama",
        "/ollama, /",
        "/ollama/, /",
        "/ollama//api/./tags, //api/./tags",
        "http://a/ollama/api/tags, /api/tags"
    })
    void leavesOutThePathItStandsAt(String target, String forwarded) throws IOException {
        embed(adoption -> Handlers.path().addPrefixPath("/ollama", adoption));
        try (Wire client = fixture.client()) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head()).startsWith("GET " + forwarded + " HTTP/1.1\r\n");
            }
        }
    }

    @Test
    void refusesAnotherSpellingOfThePathItStandsAt() throws IOException {
        embed(adoption -> Handlers.path().addPrefixPath("/ollama", adoption));
        try (Wire client = fixture.client()) {
            client.send("GET /oll%61ma/api/tags HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 400 Bad Request");
            assertThat(fixture.isLeftAlone()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 3\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"})
    void takesNothingOfWhichSomebodyHasReadTheBody(String request) throws IOException {
        embed(adoption -> new RequestBufferingHandler(adoption, 1));
        try (Wire client = fixture.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\n" + request);

            assertThat(client.head()).startsWith("HTTP/1.1 500 ");
            assertThat(fixture.isLeftAlone()).isTrue();
        }
    }

    @Test
    void sharesAConnectionWithTheHandlersBesideIt() throws IOException {
        embed(adoption -> Handlers.path(adoption)
                .addExactPath("/mine", exchange -> exchange.getResponseSender().send("mine")));
        try (Wire client = fixture.client()) {
            String mine = "GET /mine HTTP/1.1\r\nHost: a\r\n\r\n";
            client.send(mine + "POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
                    + mine);

            assertThat(client.head() + client.read(4)).endsWith("\r\n\r\nmine");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head() + backend.read(11)).endsWith("\r\n\r\n1\r\nx\r\n0\r\n\r\n");
                backend.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
                assertThat(client.head() + client.read(1)).endsWith("\r\n\r\no");
                backend.send("k");
                assertThat(client.read(1)).isEqualTo("k");
            }
            assertThat(client.head() + client.read(4)).endsWith("\r\n\r\nmine");
        }
    }

    @Test
    void saysThatItSpeaksAnotherVersionOfHttp() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fixture.port() + "/api/tags"))
                .build();

        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .build()
                .send(request, BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(505);
        assertThat(answer.body()).contains("expected this listener to speak that");
        assertThat(fixture.isLeftAlone()).isTrue();
    }
}
