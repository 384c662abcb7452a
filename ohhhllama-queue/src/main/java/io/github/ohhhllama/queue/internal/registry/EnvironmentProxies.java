package io.github.ohhhllama.queue.internal.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Chooses proxies by {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, upper case before lower case, as Go
 * and with it Ollama does ({@code golang.org/x/net/http/httpproxy} v0.46), and tells a proxy the user and password that
 * its address names. Nobody else is told. Immutable.
 *
 * <p>A proxy that is spoken to over TLS ({@code https://}) is beyond OkHttp: whoever is behind one cannot be reached,
 * rather than being reached another way.
 */
public final class EnvironmentProxies extends ProxySelector implements Authenticator {

    private static final Pattern ADDRESS = Pattern.compile("(?:([a-zA-Z][a-zA-Z0-9+.-]*)://)?(.*)");
    private static final Pattern NAMES_PORT = Pattern.compile("[^/?#]*:\\d+([/?#].*)?");
    private static final String AUTHORIZATION = "Proxy-Authorization";
    private static final int SOCKS_PORT = 1080;

    /** Never resolves (RFC 2606), and says why. */
    private static final Proxy BEYOND_REACH = new Proxy(
            Proxy.Type.HTTP, InetSocketAddress.createUnresolved("this-kind-of-proxy-is-not-supported.invalid", 443));

    private final @Nullable Server forHttps;
    private final @Nullable Server forHttp;
    private final NoProxy direct;

    /**
     * Reads the variables.
     *
     * @param environment names and values
     */
    public EnvironmentProxies(Map<String, String> environment) {
        this.forHttps = server(first(environment, "HTTPS_PROXY"));
        this.forHttp = server(first(environment, "HTTP_PROXY"));
        this.direct = new NoProxy(first(environment, "NO_PROXY"));
    }

    @Override
    public List<Proxy> select(URI uri) {
        Server server = forScheme(uri.getScheme());
        return server == null || direct.matches(uri.getHost(), port(uri))
                ? List.of(Proxy.NO_PROXY)
                : List.of(server.proxy());
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is one proxy or none, so nothing is to be learned.
    }

    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response) {
        Server server = forScheme(response.request().url().scheme());
        if (server == null
                || server.credentials() == null
                || route == null
                || !route.proxy().equals(server.proxy())
                || response.request().header(AUTHORIZATION) != null) {
            return null;
        }
        return response.request()
                .newBuilder()
                .header(AUTHORIZATION, server.credentials())
                .build();
    }

    private @Nullable Server forScheme(@Nullable String scheme) {
        return "https".equals(scheme) ? forHttps : forHttp;
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    private static String first(Map<String, String> environment, String name) {
        String upper = environment.getOrDefault(name, "");
        return upper.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : upper;
    }

    /** Reads {@code [scheme://][user:password@]host[:port]}; null for none, and for what is no address. */
    private static @Nullable Server server(String text) {
        Matcher address = ADDRESS.matcher(text.strip());
        if (!address.matches() || address.group(2).isEmpty()) {
            return null;
        }
        HttpUrl url = HttpUrl.parse("http://" + address.group(2));
        if (url == null) {
            return null;
        }
        String scheme = address.group(1) == null ? "http" : address.group(1).toLowerCase(Locale.ROOT);
        boolean namesPort = NAMES_PORT.matcher(address.group(2)).matches();
        return switch (scheme) {
            case "http" -> new Server(proxy(Proxy.Type.HTTP, url, url.port()), credentials(url));
            case "socks5", "socks5h" ->
                new Server(proxy(Proxy.Type.SOCKS, url, namesPort ? url.port() : SOCKS_PORT), null);
            default -> new Server(BEYOND_REACH, null);
        };
    }

    private static Proxy proxy(Proxy.Type type, HttpUrl url, int port) {
        return new Proxy(type, InetSocketAddress.createUnresolved(url.host(), port));
    }

    private static @Nullable String credentials(HttpUrl url) {
        return url.username().isEmpty() && url.password().isEmpty()
                ? null
                : Credentials.basic(url.username(), url.password(), StandardCharsets.UTF_8);
    }

    private record Server(Proxy proxy, @Nullable String credentials) {}
}
