package io.github.ohhhllama.queue.internal.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ohhhllama.PullFailure;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts are those of Ollama v0.33, of earlier versions, and of the registries behind it. */
final class FailureTableTest {

    private static final String MANIFEST = "pull model manifest: ";

    static Stream<Arguments> unknownModels() {
        return rows(
                PullFailure.UNKNOWN_MODEL,
                MANIFEST + "file does not exist",
                MANIFEST
                        + "400: The specified tag is not a valid quantization scheme. Please use another tag or \"latest\"",
                MANIFEST + "400: {\"error\":\"The specified tag is not available in the repository.\"}",
                "model \"nowhere\" not found");
    }

    static Stream<Arguments> refusals() {
        return rows(
                PullFailure.REFUSED,
                MANIFEST + "401",
                MANIFEST + "401: {\"error\":\"Invalid username or password.\"}",
                MANIFEST
                        + "403: {\"error\":\"Access to model x is restricted and you are not in the authorized list.\"}",
                MANIFEST + "on pull registry responded with code 403: <html><head>",
                MANIFEST + "unauthorized: access denied",
                MANIFEST + "realm host \"evil.example\" does not match original host \"registry.ollama.ai\"",
                MANIFEST + "Get \"?nonce=x&scope=&service=&ts=1\": unsupported protocol scheme \"\"",
                MANIFEST + "400: {\"error\":\"Invalid repository name\"}",
                "registry responded with status 401: Invalid credentials in Authorization header",
                "unauthorized",
                "403: blob upload denied",
                "insecure protocol http",
                "invalid model name",
                "use either :local or :cloud, not both: \"x:cloud:cloud\"");
    }

    static Stream<Arguments> unsupported() {
        return rows(
                PullFailure.UNSUPPORTED,
                MANIFEST
                        + "412: \nThe model you are attempting to pull requires a newer version of Ollama.\n\nPlease download",
                MANIFEST + "412",
                MANIFEST
                        + "400: {\"error\":\"The specified repository contains sharded GGUF. Ollama does not support this yet.\"}",
                MANIFEST + "400: The specified tag is a sharded GGUF. Ollama does not support this yet.",
                MANIFEST + "400: This repository only contains sharded GGUF files.",
                MANIFEST + "400: Repository is not GGUF or is not compatible with llama.cpp",
                "this model requires MLX support, but the MLX runtime is not available",
                "unsupported architecture \"Mamba9ForCausalLM\"",
                "unknown model architecture: 'mamba9'");
    }

    static Stream<Arguments> mismatches() {
        return rows(
                PullFailure.DIGEST_MISMATCH,
                "digest mismatch, file must be downloaded again: want sha256:aa, got sha256:bb",
                "max retries exceeded: digest mismatch",
                "max retries exceeded: size mismatch");
    }

    static Stream<Arguments> networkTroubles() {
        return rows(
                PullFailure.NETWORK,
                MANIFEST
                        + "Get \"https://registry.ollama.ai/v2/library/m/manifests/latest\": dial tcp: lookup registry.ollama.ai: no such host",
                MANIFEST
                        + "Get \"https://registry.ollama.ai/v2/unauthorized/m/manifests/403\": dial tcp 172.67.182.229:443: i/o timeout",
                MANIFEST + "Get \"https://h/v2/a/b/manifests/c\": x509: certificate signed by unknown authority",
                MANIFEST + "429: {\"error\":\"We had to rate limit your IP (1.1.1.1).\"}",
                MANIFEST + "500: internal error",
                MANIFEST + "502: Bad Gateway: unauthorized upstream",
                MANIFEST + "503: ",
                MANIFEST + "unexpected EOF",
                MANIFEST + "context deadline exceeded",
                MANIFEST + "invalid character '<' looking for beginning of value",
                "max retries exceeded: EOF",
                "max retries exceeded: unexpected EOF",
                "max retries exceeded: status 403",
                "max retries exceeded: Get \"https://cdn.example/412/unauthorized?X-Amz-Date=1\": net/http: TLS handshake timeout",
                "Head \"https://registry.ollama.ai/v2/library/m/blobs/sha256:aa\": EOF",
                "read tcp 10.0.0.2:41234->104.18.8.90:443: read: connection reset by peer",
                "write /root/.ollama/models/blobs/sha256-aa-partial: no space left on device",
                "http: no Location header in response",
                "context deadline exceeded",
                "maximum redirects exceeded (10) for directURL",
                "unexpected status code 206",
                "file does not exist",
                "download stalled",
                "something nobody ever said before",
                "");
    }

    private static Stream<Arguments> rows(PullFailure failure, String... texts) {
        return Stream.of(texts).map(text -> arguments(text, failure));
    }

    @ParameterizedTest
    @MethodSource({"unknownModels", "refusals", "unsupported", "mismatches", "networkTroubles"})
    void sortsTheText(String text, PullFailure failure) {
        assertThat(FailureTable.ofText(text)).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "307 |                                | NETWORK",
                "400 | invalid model name             | REFUSED",
                "400 | missing request body           | REFUSED",
                "401 | unauthorized                   | REFUSED",
                "403 |                                | REFUSED",
                "404 | 404 page not found             | NETWORK",
                "404 | model 'x' not found            | UNKNOWN_MODEL",
                "405 | 405 method not allowed         | NETWORK",
                "412 | requires a newer version       | UNSUPPORTED",
                "429 | slow down                      | NETWORK",
                "431 |                                | REFUSED",
                "499 | request canceled               | NETWORK",
                "500 | pull model manifest: EOF       | NETWORK",
                "502 |                                | NETWORK",
                "503 | server busy, please try again  | NETWORK",
                "507 | disk full                      | NETWORK"
            })
    void sortsTheStatus(int status, String text, PullFailure failure) {
        assertThat(FailureTable.ofStatus(status, text == null ? "" : text)).isEqualTo(failure);
    }
}
