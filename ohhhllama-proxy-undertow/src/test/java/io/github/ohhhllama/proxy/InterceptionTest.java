package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.Call.Answer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to get a download past the proxy, and bodies that are none. */
final class InterceptionTest {

    @TempDir
    private Path directory;

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ProxyFixture(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/pull",
                "/api/pull?x=1",
                "/api/pull?",
                "/api/%70ull",
                "/%61pi/pull",
                "/api/pu%6cl?model=zz",
                "/api%2Fpull",
                "/api%2fpull",
                "http://localhost/api/pull",
                "http://localhost:11434/api/%70ull?x"
            })
    void queuesEverySpellingOfThePathThatOllamaWouldTake(String target) throws IOException {
        Answer answer = fixture.call("POST", target)
                .as(ProxyFixture.CURL)
                .body("{\"model\":\"llama3:70b\"}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(fixture.ollama().requests())
                .noneMatch(request -> request.method().equals("POST"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost/api/pull", "http://localhost:1/api/%70ull?x=%zz", "HTTP://nas.local/api/pull"})
    void letsTheHostOfTheTargetReplaceTheHeader(String target) throws IOException {
        Answer answer = fixture.call("POST", target)
                .host("127.0.0.1:11434")
                .body("{\"model\":\"llama3:70b\"}")
                .send();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(fixture.call("GET", "http://evil.example/api/tags").send().status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/API/pull", "/api/PULL", "/api/pull%20", "/api/pull/x", "/api/%2e/pull"})
    void passesOnWhatOllamaWouldNotTakeForAPull(String target) throws IOException {
        Answer answer = fixture.call("POST", target)
                .as(ProxyFixture.CURL)
                .body("{\"model\":\"llama3:70b\"}")
                .send();

        assertThat(answer.status()).isEqualTo(404);
        assertThat(fixture.ollama().pulls()).isEmpty();
        assertThat(fixture.ollama()
                        .requests()
                        .get(fixture.ollama().requests().size() - 1)
                        .target())
                .isEqualTo(target);
    }

    @Test
    void saysWhatOllamaWouldSayOfABadBody() throws IOException {
        assertThat(fixture.pull(ProxyFixture.CURL, "").body()).isEqualTo("{\"error\":\"missing request body\"}");
        assertThat(fixture.pull(ProxyFixture.CURL, "{}").body()).isEqualTo("{\"error\":\"invalid model name\"}");
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":\"../etc/passwd\"}")
                        .body())
                .isEqualTo("{\"error\":\"invalid model name\"}");
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":").body()).isEqualTo("{\"error\":\"unexpected EOF\"}");
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"model\":5}").status()).isEqualTo(400);
        assertThat(fixture.ollama().pulls()).isEmpty();
    }

    @Test
    void refusesABodyThatIsTooLargeWhileItComes() throws IOException {
        assertThat(fixture.pull(ProxyFixture.CURL, "{\"x\":\"" + "y".repeat(4 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void takesACreateWithMoreThanUndertowsOwnLimitInIt() throws IOException {
        String licence = "y".repeat(3 << 20);
        String body = "{\"model\":\"mine\",\"from\":\"llama3:8b\",\"license\":\"" + licence + "\"}";
        fixture.call("POST", "/api/create").body(body).send();

        assertThat(fixture.ollama().requests()).anySatisfy(request -> {
            assertThat(request.length()).isEqualTo(body.length());
            assertThat(request.isComplete()).isTrue();
        });
    }
}
