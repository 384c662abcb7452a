package io.github.ohhhllama.proxy.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.proxy.internal.client.OriginVerdict.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginRulesTest {

    private static final OriginRules DEFAULT = new OriginRules(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "https://localhost",
                "http://localhost:3000",
                "https://localhost:1",
                "http://127.0.0.1",
                "http://127.0.0.1:8080",
                "https://0.0.0.0:1",
                "http://0.0.0.0",
                "app://obsidian.md",
                "file://",
                "tauri://localhost",
                "vscode-webview://x",
                "vscode-file://vscode-app",
                "http://localhost:3000.evil.example"
            })
    void shouldAllowWhatOllamaAllows(String origin) {
        OriginVerdict verdict = DEFAULT.judge(origin, "nas.local:11434");

        assertThat(verdict).isEqualTo(new OriginVerdict(Kind.ALLOWED, origin));
        assertThat(verdict.varies()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null", "http://[::1]:3000", "chrome-extension://abc", "http://tauri.localhost", "https://evil.example",
                "http://localhost.evil.example", "HTTP://localhost", "http://LOCALHOST", "http://nas.local",
                        "ftp://localhost",
                "http://NAS.local:11434", "app:/x"
            })
    void shouldRefuseWhatOllamaRefuses(String origin) {
        assertThat(DEFAULT.judge(origin, "nas.local:11434")).isEqualTo(new OriginVerdict(Kind.REFUSED, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "http://nas.local:11434, nas.local:11434",
        "https://nas.local:11434, nas.local:11434",
        "https://ollama.example.com, ollama.example.com",
    })
    void shouldKnowItsOwnPages(String origin, String host) {
        OriginVerdict verdict = DEFAULT.judge(origin, host);

        assertThat(verdict.kind()).isEqualTo(Kind.SAME_ORIGIN);
        assertThat(verdict.varies()).isFalse();
    }

    @Test
    void shouldNotCareAboutRequestsWithoutAnOrigin() {
        assertThat(DEFAULT.judge(null, "x").kind()).isEqualTo(Kind.NONE);
        assertThat(DEFAULT.judge("", null).kind()).isEqualTo(Kind.NONE);
    }

    @Test
    void shouldAllowWhatWasConfigured() {
        OriginRules rules = new OriginRules(List.of(
                "https://Chat.Example.com",
                "chrome-extension://*",
                "https://*.example.org",
                "*.example.net",
                " https://a.b "));

        assertThat(List.of(
                        "https://chat.example.com",
                        "chrome-extension://abc",
                        "https://x.example.org",
                        "https://x.example.net",
                        "https://a.b"))
                .allMatch(origin -> rules.judge(origin, "h").kind() == Kind.ALLOWED);
        assertThat(List.of("https://Chat.Example.com", "http://x.example.org", "https://example.orgx"))
                .allMatch(origin -> rules.judge(origin, "h").kind() == Kind.REFUSED);
    }

    @Test
    void shouldAnswerAStarWithAStar() {
        OriginVerdict verdict = new OriginRules(List.of("*")).judge("https://evil.example", "h");

        assertThat(verdict).isEqualTo(new OriginVerdict(Kind.ALLOWED, "*"));
        assertThat(verdict.varies()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://*.*.com", "example.com", "", "null"})
    void shouldNameTheEntryThatIsNoOrigin(String entry) {
        assertThatThrownBy(() -> new OriginRules(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + entry + "\" is not an origin");
    }

    @Test
    void shouldKnowThePreflightHeaders() {
        assertThat(Preflight.ALLOW_HEADERS)
                .isEqualTo("Authorization,Content-Type,User-Agent,Accept,X-Requested-With,Openai-Beta,"
                        + "X-Stainless-Arch,X-Stainless-Async,X-Stainless-Custom-Poll-Interval,"
                        + "X-Stainless-Helper-Method,X-Stainless-Lang,X-Stainless-Os,X-Stainless-Package-Version,"
                        + "X-Stainless-Poll-Helper,X-Stainless-Retry-Count,X-Stainless-Runtime,"
                        + "X-Stainless-Runtime-Version,X-Stainless-Timeout");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/                     | HEAD, GET",
                "/api/pull             | POST",
                "/api/tags             | HEAD, GET",
                "/api/delete           | DELETE",
                "/api/blobs/sha256:01  | HEAD, POST",
                "/v1/models            | GET",
                "/v1/models/llama3     | GET",
                "/api/user/keys/abc    | DELETE",
                "/api/queue            | GET, DELETE",
                "/readyz               | HEAD, GET",
            })
    void shouldKnowTheMethodsOfAPath(String path, String methods) {
        assertThat(Preflight.allow(path)).contains(methods);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "/api", "/api/pull/", "/v1/models/", "/v1/models/a/b", "/unknown"})
    void shouldKnowNoMethodsOfOtherPaths(String path) {
        assertThat(Preflight.allow(path)).isEmpty();
    }
}
