package io.github.ohhhllama.proxy.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientKindTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ollama/0.33.0 (amd64 linux) Go/go1.26.0",
                "ollama/0.0.0 (arm64 darwin) Go/go1.22",
                "ollama-python/0.6.2 (x86_64 linux) Python/3.12.3",
                "ollama-js/0.6.4 (x64 linux Node.js/v20.11.1)",
                "Ollama-JS/0.5",
                "Python/3.11 aiohttp/3.11.11",
                "Java-http-client/17.0.15",
                "ReactorNetty/1.2.3"
            })
    void shouldKnowOllamasClients(String userAgent) {
        assertThat(ClientKind.of(userAgent)).isEqualTo(ClientKind.OLLAMA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "curl/8.5.0",
                "python-requests/2.32.3",
                "python-httpx/0.28.1",
                "Python-urllib/3.12",
                "Go-http-client/1.1",
                "Mozilla/5.0 (X11; Linux x86_64) ollama/1",
                "my-ollama/1.0",
                "ollama",
                "ollamax/1",
                "okhttp/5.5.1",
                "aiohttp/3.11",
                "undici",
                "node"
            })
    void shouldTakeAllOthersForOthers(String userAgent) {
        assertThat(ClientKind.of(userAgent)).isEqualTo(ClientKind.OTHER);
    }

    @Test
    void shouldTakeNobodyForOllama() {
        assertThat(ClientKind.of(null)).isEqualTo(ClientKind.OTHER);
    }
}
