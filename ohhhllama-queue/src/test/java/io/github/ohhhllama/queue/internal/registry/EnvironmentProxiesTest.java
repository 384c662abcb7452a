package io.github.ohhhllama.queue.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.RegistryAnswer;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentProxiesTest {

    private static final String MODEL = "registry.example/some/model";

    private final MockWebServer proxy = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private static List<Proxy> proxies(Map<String, String> environment, String uri) {
        return new EnvironmentProxies(environment).select(URI.create(uri));
    }

    private RegistryAnswer ask(Map<String, String> environment, boolean insecure) {
        SettableClock clock = SettableClock.at("2026-03-28T21:00:00Z");
        try (HttpRegistry registry = new HttpRegistry(RegistryLimits.DEFAULT, environment, () -> "test", clock)) {
            return registry.manifest(ModelName.parse(MODEL), insecure);
        }
    }

    private String address(String user) {
        return "http://" + user + "127.0.0.1:" + proxy.getPort();
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.example, HTTP, proxy.example, 80",
        "proxy.example:3128, HTTP, proxy.example, 3128",
        "http://proxy.example, HTTP, proxy.example, 80",
        "http://u:p%40ss@proxy.example:3128/, HTTP, proxy.example, 3128",
        "u:p@proxy.example:3128, HTTP, proxy.example, 3128",
        "socks5://proxy.example, SOCKS, proxy.example, 1080",
        "socks5h://proxy.example:99, SOCKS, proxy.example, 99",
        "10.0.0.1:3128, HTTP, 10.0.0.1, 3128",
        "http://[::1]:3128, HTTP, ::1, 3128",
        "https://proxy.example, HTTP, this-kind-of-proxy-is-not-supported.invalid, 443",
        "ftp://proxy.example, HTTP, this-kind-of-proxy-is-not-supported.invalid, 443"
    })
    void readsAddressesAsGoDoes(String text, Proxy.Type type, String host, int port) {
        List<Proxy> chosen = proxies(Map.of("HTTPS_PROXY", text), "https://registry.example/");

        assertThat(chosen).hasSize(1);
        assertThat(chosen.get(0).type()).isEqualTo(type);
        assertThat(chosen.get(0).address()).isEqualTo(InetSocketAddress.createUnresolved(host, port));
    }

    @Test
    void theSchemeOfTheRegistryDecides() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "s.example", "http_proxy", "p.example");

        assertThat(proxies(environment, "https://registry.example/")).hasToString("[HTTP @ s.example/<unresolved>:80]");
        assertThat(proxies(environment, "http://registry.example/")).hasToString("[HTTP @ p.example/<unresolved>:80]");
    }

    @Test
    void upperCaseComesFirstUnlessItIsEmpty() {
        assertThat(proxies(Map.of("HTTPS_PROXY", "a.example", "https_proxy", "b.example"), "https://r.example/"))
                .hasToString("[HTTP @ a.example/<unresolved>:80]");
        assertThat(proxies(Map.of("HTTPS_PROXY", "", "https_proxy", "b.example"), "https://r.example/"))
                .hasToString("[HTTP @ b.example/<unresolved>:80]");
    }

    @Test
    void goesWithoutProxyWhereNoneIsWanted() {
        Map<String, String> environment =
                Map.of("https_proxy", "p.example", "http_proxy", "p.example", "no_proxy", "r.example:443");

        assertThat(proxies(environment, "https://r.example/")).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies(environment, "http://r.example/")).doesNotContain(Proxy.NO_PROXY);
        assertThat(proxies(environment, "http://127.0.0.1:5000/")).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies(Map.of(), "https://r.example/")).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies(Map.of("HTTPS_PROXY", "://x y"), "https://r.example/"))
                .containsExactly(Proxy.NO_PROXY);
    }

    @Test
    void asksThroughTheProxyWithoutResolvingTheRegistry() throws Exception {
        FakeModel model = FakeModel.of(MODEL, 100);
        proxy.enqueue(new MockResponse.Builder().body(model.manifestJson()).build());

        assertThat(ask(Map.of("HTTP_PROXY", address("")), true)).isEqualTo(new RegistryAnswer.Found(model.manifest()));
        RecordedRequest request = proxy.takeRequest();
        assertThat(request.getRequestLine())
                .isEqualTo("GET http://registry.example/v2/some/model/manifests/latest HTTP/1.1");
        assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
    }

    @Test
    void showsUserAndPasswordToTheProxyThatAsks() throws Exception {
        FakeModel model = FakeModel.of(MODEL, 100);
        proxy.enqueue(new MockResponse.Builder()
                .code(407)
                .addHeader("Proxy-Authenticate", "Basic realm=\"p\"")
                .build());
        proxy.enqueue(new MockResponse.Builder().body(model.manifestJson()).build());

        assertThat(ask(Map.of("HTTP_PROXY", address("me:p%40ss@")), true)).isInstanceOf(RegistryAnswer.Found.class);
        assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
        assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization")).isEqualTo("Basic bWU6cEBzcw==");
    }

    @Test
    void showsThemAtOnceWhereATunnelIsWanted() throws Exception {
        proxy.enqueue(new MockResponse.Builder().code(502).build());

        assertThat(ask(Map.of("HTTPS_PROXY", address("me:p%40ss@")), false))
                .isInstanceOf(RegistryAnswer.Unreachable.class);
        RecordedRequest request = proxy.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("CONNECT registry.example:443 HTTP/1.1");
        assertThat(request.getHeaders().get("Proxy-Authorization")).isEqualTo("Basic bWU6cEBzcw==");
    }

    @Test
    void givesUpOnAProxyThatDoesNotLetItIn() {
        proxy.enqueue(new MockResponse.Builder()
                .code(407)
                .addHeader("Proxy-Authenticate", "Basic realm=\"p\"")
                .build());

        assertThat(ask(Map.of("HTTP_PROXY", address("")), true))
                .isEqualTo(new RegistryAnswer.Unreachable("registry.example is behind a proxy that wants a login"));
    }

    @Test
    void neverGoesAroundAProxyItCannotSpeakTo() {
        assertThat(ask(Map.of("HTTP_PROXY", "https://127.0.0.1:" + proxy.getPort()), true))
                .isInstanceOf(RegistryAnswer.Unreachable.class)
                .asString()
                .contains("this-kind-of-proxy-is-not-supported");
        assertThat(proxy.getRequestCount()).isZero();
    }
}
