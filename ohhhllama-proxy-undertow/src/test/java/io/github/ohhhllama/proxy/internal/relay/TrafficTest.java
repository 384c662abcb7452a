package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tells who listens of each exchange, however it goes. */
final class TrafficTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private RelayFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new RelayFixture(new Recorder());
    }

    @AfterEach
    void stop() throws IOException {
        fixture.close();
    }

    @Test
    void tellsOfTheHeadAndOfTheEnd() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("GET /api/tags HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                assertThat(heard).containsExactly("began 1");
                backend.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
                client.head();
                assertThat(heard).containsExactly("began 1", "answered 1 GET");
                backend.send("ok");
                await().until(() -> heard.contains("ended 1 GET 200"));
            }
        }
    }

    @Test
    void leavesInterimAnswersOut() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                await().until(() -> heard.contains("ended 1 POST 404"));
            }
        }
        assertThat(heard).containsExactly("began 1", "answered 1 POST", "ended 1 POST 404");
    }

    @Test
    void tellsOfABackendThatIsDown() throws IOException {
        fixture.stopBackend();
        try (Wire client = fixture.client()) {
            client.send("GET /api/tags HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> heard.contains("ended 1 GET 502"));
        }
        assertThat(heard).containsExactly("began 1", "ended 1 GET 502");
    }

    @Test
    void tellsOfAClientThatLeft() throws IOException {
        Wire client = fixture.client();
        client.send("GET /api/tags HTTP/1.1\r\nHost: a\r\n\r\n");
        try (Wire backend = fixture.accept()) {
            backend.head();
            client.close();
            await().until(() -> heard.contains("ended 1 GET 0"));
        }
    }

    @Test
    void tellsOfAClientThatLeftAndHadSeenNothingOfTheAnswer() throws IOException {
        restart(AnswerJudge.Verdict.HOLD);
        Wire client = fixture.client();
        client.send("POST / HTTP/1.1\r\nHost: a\r\n\r\n");
        try (Wire backend = fixture.accept()) {
            backend.head();
            backend.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1");
            await().until(() -> heard.contains("answered 1 POST"));
            client.close();
            await().until(() -> heard.contains("ended 1 POST 0"));
        }
    }

    @Test
    void tellsThatOllamaWasLeftForAnotherAnswer() throws IOException {
        restart(AnswerJudge.Verdict.REPLACE);
        try (Wire client = fixture.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1");
                await().until(() -> heard.contains("ended 1 POST 0"));
            }
        }
        assertThat(heard).containsExactly("began 1", "answered 1 POST", "ended 1 POST 0");
    }

    @Test
    void tellsOfTheStatusInWhichAnAnswerIsRetold() throws IOException {
        restart(AnswerJudge.Verdict.RETELL);
        try (Wire client = fixture.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
                assertThat(client.head()).startsWith("HTTP/1.1 418 ");
                await().until(() -> heard.contains("ended 1 POST 418"));
            }
        }
    }

    private void restart(AnswerJudge.Verdict verdict) throws IOException {
        fixture.close();
        fixture = new RelayFixture(
                relay -> exchange -> relay.relay(exchange, new byte[0], new Stubborn(verdict)), new Recorder());
    }

    /** Never changes its mind. */
    private record Stubborn(Verdict verdict) implements AnswerJudge {

        @Override
        public Verdict look(ByteBuffer piece, boolean last) {
            return verdict;
        }

        @Override
        public void replace(HttpServerExchange exchange) {
            exchange.setStatusCode(418);
            exchange.endExchange();
        }
    }

    @Test
    void tellsOfABodyThatIsMalformed() throws IOException {
        try (Wire client = fixture.client()) {
            client.send("POST /api/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            try (Wire backend = fixture.accept()) {
                backend.head();
                client.send("zz\r\n");
                client.head();
            }
        }
        await().until(() -> heard.contains("ended 1 POST 400"));
    }

    /** Writes down what it hears. */
    private final class Recorder implements Traffic {

        private long last;

        @Override
        public synchronized long began() {
            heard.add("began " + ++last);
            return last;
        }

        @Override
        public void answered(long began, String method) {
            heard.add("answered " + began + ' ' + method);
        }

        @Override
        public void ended(long began, String method, int status) {
            heard.add("ended " + began + ' ' + method + ' ' + status);
        }
    }
}
