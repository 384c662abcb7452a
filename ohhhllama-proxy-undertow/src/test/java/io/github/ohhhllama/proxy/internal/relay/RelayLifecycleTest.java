package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is gone on one side is gone on the other; connections are reused only where it is safe. */
class RelayLifecycleTest {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}";

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

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "half"})
    void leavesWithAClientThatHasNoAnswerYet(String way) throws IOException {
        Wire client = fixture.client();
        client.send(POST);
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
    void leavesWithAClientWhoseStreamIsSilent(String way) throws IOException {
        Wire client = fixture.client();
        client.send(POST);
        try (Wire backend = fixture.accept()) {
            backend.head();
            backend.read(2);
            backend.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            client.head();
            client.read(6);
            client.leave(way);
            assertThat(backend.restUntilBroken()).isEmpty();
        }
        client.close();
    }

    @Test
    void leavesWithAClientThatSentAhead() throws IOException {
        Wire client = fixture.client();
        client.send(POST + GET);
        try (Wire backend = fixture.accept()) {
            backend.head();
            backend.read(2);
            client.close();
            assertThat(backend.restUntilBroken()).isEmpty();
        }
    }

    @Test
    void leavesWithAClientInTheMiddleOfItsBody() throws IOException {
        Wire client = fixture.client();
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
        try (Wire backend = fixture.accept()) {
            backend.head();
            backend.read(3);
            client.close();
            assertThat(backend.restUntilBroken()).isEmpty();
        }
    }

    @Test
    void answersAClientThatClosedOnlyItsSide() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(GET);
            client.shutdownOutput();
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send(OK);
                assertThat(client.rest()).startsWith("HTTP/1.1 200 OK");
            }
        }
    }

    @Test
    void usesAConnectionAgainForRequestsWithoutBody() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(GET);
            try (Wire backend = fixture.accept()) {
                for (int i = 0; i < 3; i++) {
                    backend.head();
                    backend.send(OK);
                    client.head();
                    client.send(GET);
                }
            }
        }
    }

    @Test
    void sendsARequestWithBodyOverAConnectionOfItsOwn() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(GET);
            try (Wire resting = fixture.accept()) {
                resting.head();
                resting.send(OK);
                client.head();
                client.send(POST);
                try (Wire fresh = fixture.accept()) {
                    assertThat(fresh.head()).startsWith("POST");
                }
            }
        }
    }

    @Test
    void triesOnceMoreWhenARestingConnectionWasClosed() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(GET);
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send(OK);
                client.head();
                client.send(GET);
                backend.head();
            }
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send(OK);
                assertThat(client.head()).isEqualTo(OK);
            }
        }
    }

    @Test
    void neverSendsTwiceOverAFreshConnection() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(GET);
            fixture.accept().close();
            assertThat(client.head()).startsWith("HTTP/1.1 502 Bad Gateway");
            assertThat(fixture.isLeftAlone()).isTrue();
        }
    }

    @Test
    void doesNotReuseAConnectionThatSaidMoreThanItsAnswer() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(GET);
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send(OK + "HTTP/1.1 666 Smuggled\r\n\r\n");
                assertThat(client.head()).isEqualTo(OK);
                client.send(GET);
                try (Wire fresh = fixture.accept()) {
                    fresh.head();
                    fresh.send(OK);
                    assertThat(client.head()).isEqualTo(OK);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, POST})
    void saysWhatToDoWhenOllamaIsDown(String request) throws IOException {
        fixture.stopBackend();
        try (Wire client = fixture.client()) {
            client.send(request);
            assertThat(client.head()).startsWith("HTTP/1.1 502 Bad Gateway\r\nContent-Type: application/json\r\n");
            assertThat(client.piece())
                    .startsWith("{\"error\":\"")
                    .contains(fixture.authority(), "refused", "OLLAMA_HOST", "OLLAMA_BACKEND")
                    .endsWith("\"}");
        }
    }

    @Test
    void answersBadlyFramedAnswersWithBadGateway() throws IOException {
        try (Wire client = fixture.client()) {
            client.send(GET);
            try (Wire backend = fixture.accept()) {
                backend.head();
                backend.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
                assertThat(client.head()).startsWith("HTTP/1.1 502");
            }
        }
    }
}
