package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a judge holds back the client does not see; what it replaces is over for Ollama. */
final class AnswerJudgeTest {

    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private RelayFixture fixture;

    /** Takes a capital letter among what has come for its verdict: Pass, Drop or Replace. */
    private final class ByLetter implements AnswerJudge {

        @Override
        public Verdict look(ByteBuffer piece, boolean last) {
            String text = StandardCharsets.ISO_8859_1.decode(piece).toString();
            seen.add(text + (last ? "." : ""));
            return switch (text.replaceAll("[^PDR]", "")) {
                case "P" -> Verdict.PASS;
                case "D" -> Verdict.DROP;
                case "R", "DR" -> Verdict.REPLACE;
                default -> last ? Verdict.PASS : Verdict.HOLD;
            };
        }

        @Override
        public void replace(HttpServerExchange exchange) {
            if (exchange.getRequestPath().equals("/fault")) {
                throw new IllegalStateException("nobody planned this");
            }
            exchange.setStatusCode(202);
            exchange.getResponseSender().send("another");
        }
    }

    @BeforeEach
    void start() throws IOException {
        fixture = new RelayFixture(relay -> exchange -> relay.relay(exchange, new byte[] {'{', '}'}, new ByLetter()));
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @Test
    void showsTheJudgeNoFramingAndTheClientAllOfIt() throws Exception {
        String held = "1\r\nh\r\n5;x=y\r\nello!\r\n1\r\nP\r\n";
        String unseen = "3\r\nend\r\n0\r\n\r\n";
        try (Wire client = fixture.client().send(POST);
                Wire backend = fixture.accept()) {
            backend.head();
            for (char each : (CHUNKED + held).toCharArray()) {
                backend.send(String.valueOf(each));
            }
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n").contains("Transfer-Encoding: chunked");
            assertThat(client.read(held.length())).isEqualTo(held);
            backend.send(unseen);
            assertThat(client.read(unseen.length())).isEqualTo(unseen);
        }
        assertThat(String.join("", seen)).isEqualTo("hello!P");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhold",
                CHUNKED + "4\r\nhold\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 400 Bad Request\r\nContent-Length: 1\r\n\r\nR"
            })
    void passesOnWhatNobodyObjectedTo(String answer) throws IOException {
        try (Wire client = fixture.client().send(POST);
                Wire backend = fixture.accept()) {
            backend.head();
            backend.send(answer);

            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            assertThat(client.head()).startsWith(answer.substring(0, answer.indexOf('\r')));
            assertThat(client.read(body.length())).isEqualTo(body);
        }
    }

    @Test
    void passesOnWhatEndsWithTheConnection() throws IOException {
        try (Wire client = fixture.client().send(POST)) {
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send("HTTP/1.1 200 OK\r\n\r\nhold");
            }

            assertThat(client.rest()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nhold");
        }
    }

    @Test
    void givesAnotherAnswerAndLeavesOllama() throws IOException {
        try (Wire client = fixture.client().send(POST + POST)) {
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.read(2);
                backend.send(CHUNKED + "4\r\nhold\r\n1\r\nR\r\n");
                assertThat(backend.restUntilBroken()).isEmpty();
            }

            assertThat(client.head()).startsWith("HTTP/1.1 202 ").contains("Content-Length: 7");
            assertThat(client.read(7)).isEqualTo("another");

            try (Wire backend = fixture.accept()) {
                assertThat(backend.head()).startsWith("POST / ");
                backend.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nP");
                assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
            }
        }
    }

    @Test
    void forgetsWhatWasDropped() throws Exception {
        try (Wire client = fixture.client().send(POST);
                Wire backend = fixture.accept()) {
            backend.head();
            for (String sent : new String[] {CHUNKED + "1\r\nD\r\n", "1\r\nD\r\n", "1\r\nR\r\n0\r\n\r\n"}) {
                backend.send(sent);
                seen.take();
            }

            assertThat(client.head()).startsWith("HTTP/1.1 202 ");
            assertThat(client.read(7)).isEqualTo("another");
        }
    }

    @Test
    void saysThatOllamaIsGoneIfTheClientHasSeenNothing() throws IOException {
        try (Wire client = fixture.client().send(POST)) {
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.read(2);
                backend.send(CHUNKED + "4\r\nhold\r\n");
            }

            assertThat(client.head()).startsWith("HTTP/1.1 502 ");
            assertThat(client.piece()).startsWith("{\"error\":\"Ollama broke off its answer");
        }
    }

    @Test
    void cutsAClientForWhichThereIsNoOtherAnswer() throws IOException {
        try (Wire client = fixture.client().send(POST.replace("POST /", "POST /fault"))) {
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.read(2);
                backend.send(CHUNKED + "1\r\nR\r\n");
                assertThat(backend.restUntilBroken()).isEmpty();
            }

            assertThat(client.restUntilBroken()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4\r\nhold\r\n", "4\r\nhelD\r\n"})
    void leavesWithAClient(String sent) throws Exception {
        Wire client = fixture.client().send(POST);
        try (Wire backend = fixture.accept()) {
            backend.head();
            backend.read(2);
            if (!sent.isEmpty()) {
                backend.send(CHUNKED + sent);
                seen.take();
            }
            client.close();

            assertThat(backend.restUntilBroken()).isEmpty();
        }
    }
}
