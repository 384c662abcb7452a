package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in both directions: at once, of any size, and never complete when they are not. */
class RelayStreamTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String STREAM = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String POST = "POST /api/chat HTTP/1.1\r\nHost: a\r\n";
    private static final int MUCH = 64 << 20;

    private RelayFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = fixture();
    }

    /** Returns a relay under the listener that the tests are about. */
    RelayFixture fixture() throws IOException {
        return new RelayFixture();
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @Test
    void passesEachTokenOnBeforeTheNextOneIsThere() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(POST + "Content-Length: 2\r\n\r\n{}");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.read(2);
                backend.send(STREAM);
                assertThat(client.head()).isEqualTo(STREAM);
                for (int i = 0; i < 20; i++) {
                    backend.send("2\r\n" + i % 10 + "\n\r\n");
                    assertThat(client.piece()).isEqualTo("2\r\n" + i % 10 + "\n\r\n");
                }
                backend.send("0\r\n\r\n");
                assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
            }
        }
    }

    @Test
    void passesEachPieceOfARequestOnBeforeTheNextOneIsThere() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head())
                        .contains("Transfer-Encoding: chunked")
                        .doesNotContain("Content-Length");
                client.send("1\r\n");
                assertThat(backend.read(3)).isEqualTo("1\r\n");
                client.send("a\r");
                assertThat(backend.read(2)).isEqualTo("a\r");
                client.send("\n0\r\n\r\n");
                assertThat(backend.read(6)).isEqualTo("\n0\r\n\r\n");
                backend.send(OK);
                assertThat(client.head()).isEqualTo(OK);
            }
        }
    }

    @Test
    void servesRequestsThatWereSentAhead() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(POST + "Content-Length: 2\r\n\r\n{}" + POST
                    + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\nGET /"
                    + "last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            try (Wire first = fixture.accept()) {
                assertThat(first.head() + first.read(2)).endsWith("{}");
                first.send(OK);
            }
            try (Wire second = fixture.accept()) {
                assertThat(second.head() + second.read(11)).endsWith("1\r\nx\r\n0\r\n\r\n");
                second.send(OK);
            }
            try (Wire third = fixture.accept()) {
                assertThat(third.head()).startsWith("GET /last ");
                third.send(OK);
                assertThat(client.rest()).startsWith(OK + OK);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesAnUploadOfAnySize(boolean chunked) throws Exception {
        try (Wire client = fixture.client()) {
            byte[] piece = new byte[1 << 16];
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendMuch(client, piece, chunked));
            try (Wire backend = fixture.accept()) {
                backend.head();
                int perPiece = chunked ? piece.length + 9 : piece.length;
                for (int i = 0; i < MUCH / piece.length; i++) {
                    backend.read(perPiece);
                }
                backend.read(chunked ? 5 : 0);
                sending.get();
                backend.send(OK);
                assertThat(client.head()).isEqualTo(OK);
            }
        }
    }

    @Test
    void waitsForAClientThatReadsSlowly() throws Exception {
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send("HTTP/1.1 200 OK\r\nContent-Length: " + MUCH + "\r\n\r\n");
                byte[] piece = new byte[1 << 16];
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendPieces(backend, piece));
                client.head();
                assertThat(sending).isNotDone();
                client.read(MUCH);
                sending.get();
            }
        }
    }

    @Test
    void handsOnContinue() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(POST + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head()).contains("Expect: 100-continue");
                backend.send("HTTP/1.1 100 Continue\r\n\r\n");
                assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
                client.send("abc");
                assertThat(backend.read(3)).isEqualTo("abc");
                backend.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK);
                assertThat(client.head() + client.head()).isEqualTo("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK);
            }
        }
    }

    @Test
    void handsOnAFinalAnswerInsteadOfContinue() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(POST + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
                assertThat(client.rest())
                        .isEqualTo("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        }
    }

    @Test
    void handsOnAnAnswerThatComesBeforeTheBody() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(POST + "Content-Length: 6\r\n\r\nabc");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head() + backend.read(3)).endsWith("abc");
                backend.send(OK);
                assertThat(client.head()).isEqualTo(OK);
                client.send("def");
                assertThat(backend.read(3)).isEqualTo("def");
            }
            client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.head()).startsWith("GET /next");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handsOnAnAnswerOfABackendThatThenCloses(boolean chunked) throws Exception {
        try (Wire client = fixture.client()) {
            byte[] piece = new byte[1 << 16];
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendMuch(client, piece, chunked));
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
                backend.shutdownOutput();
                assertThat(client.head() + client.read(2))
                        .startsWith("HTTP/1.1 400")
                        .endsWith("no");
            }
            assertThat(sending.handle((done, failure) -> true).get()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nxyz\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n-1\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n",
                "Transfer-Encoding: chunked\r\n\r\n3 \r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1000000000000003\r\nabc\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n bad\r\n\r\n"
            })
    void neverCompletesAMalformedBody(String bad) throws IOException {
        try (Wire client = fixture.client()) {
            client.send(POST + bad);
            assertThat(client.rest()).startsWith("HTTP/1.1 400 Bad Request\r\n").contains("Connection: close");
            try (Wire backend = fixture.accept()) {
                assertThat(backend.restUntilBroken()).doesNotEndWith("0\r\n\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "Content-Length: 5\r\n\r\nabc"})
    void neverCompletesATruncatedBody(String half) throws IOException {
        try (Wire client = fixture.client()) {
            client.send(POST + half);
            try (Wire backend = fixture.accept()) {
                backend.head();
                assertThat(backend.read(3)).isNotEmpty();
                client.shutdownOutput();
                assertThat(backend.restUntilBroken()).doesNotContain("0\r\n\r\n");
                assertThat(client.rest()).startsWith("HTTP/1.1 400");
            }
        }
    }

    @Test
    void breaksOffAChunkedAnswerWithoutItsEnd() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send(STREAM + "3\r\nabc\r\n");
                client.head();
                assertThat(client.read(8)).isEqualTo("3\r\nabc\r\n");
            }
            assertThat(client.restUntilBroken()).isEmpty();
        }
    }

    @Test
    void breaksOffAnAnswerShortOfItsLength() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
                client.head();
                assertThat(client.read(3)).isEqualTo("abc");
            }
            assertThat(client.restUntilBroken()).isEmpty();
        }
    }

    @Test
    void resetsWhereTheEndOfTheConnectionWouldLookLikeTheEndOfTheAnswer() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send(STREAM + "3\r\nabc\r\n");
                client.head();
                assertThat(client.read(3)).isEqualTo("abc");
            }
            assertThat(client.isReset()).isTrue();
        }
    }

    @Test
    void resetsItAlsoForAClientThatHasClosedItsSide() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send(STREAM + "3\r\nabc\r\n");
                client.head();
                client.read(3);
                client.shutdownOutput();

                assertThat(client.isReset()).isTrue();
            }
        }
    }

    @Test
    void resetsAnAnswerThatABackendOfHttp10Resets() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Wire backend = fixture.accept();
            backend.head();
            backend.send("HTTP/1.0 200 OK\r\n\r\nabc");
            client.head();
            client.read(3);
            backend.reset();
            assertThatThrownBy(client::rest).isInstanceOf(IOException.class);
        }
    }

    private static void sendMuch(Wire client, byte[] piece, boolean chunked) {
        try {
            client.send(POST + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + MUCH) + "\r\n\r\n");
            for (int i = 0; i < MUCH / piece.length; i++) {
                client.send(chunked ? "10000\r\n" : "").send(piece).send(chunked ? "\r\n" : "");
            }
            client.send(chunked ? "0\r\n\r\n" : "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sendPieces(Wire backend, byte[] piece) {
        try {
            for (int i = 0; i < MUCH / piece.length; i++) {
                backend.send(piece);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
