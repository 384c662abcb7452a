package io.github.ohhhllama.proxy.internal.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a host and a port, read from a URL; not by {@code java.net.URI}, which knows no host names with underscores,
 * such as container tools make.
 *
 * @param host a name or an address without brackets
 * @param port 1 to 65535
 */
record Endpoint(String host, int port) {

    private static final String EXPECTED = "http://HOST:PORT or HOST:PORT, without a path";
    private static final int HTTP_PORT = 80;
    private static final Pattern SHAPE = Pattern.compile(
            "(?<scheme>(?i)http://)?(?:\\[(?<six>[^\\]]+)]|(?<host>[^:/?#@\\[\\]\\s]+))(?::(?<port>\\d+))?/?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._~-]+)?");

    /**
     * Parses the address of a backend.
     *
     * @throws UnexpectedTextException if it is not one
     */
    static Endpoint parse(String text) {
        if (text.regionMatches(true, 0, "https:", 0, "https:".length())) {
            throw new UnexpectedTextException(EXPECTED + "; Ollama is spoken to over plain HTTP, not HTTPS");
        }
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new UnexpectedTextException(EXPECTED);
        }
        String six = matcher.group("six");
        String host = host(six == null ? matcher.group("host") : six);
        String port = matcher.group("port");
        if (port == null && matcher.group("scheme") == null) {
            throw new UnexpectedTextException(EXPECTED + "; the port is missing");
        }
        return new Endpoint(host, port == null ? HTTP_PORT : port(port, 1));
    }

    /**
     * Parses a host: a name or an address, with or without brackets.
     *
     * @throws UnexpectedTextException if it is neither
     */
    static String host(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!NAME.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
            throw new UnexpectedTextException("a host name or an IP address; 0.0.0.0 or :: mean every address");
        }
        return bare;
    }

    /**
     * Parses a port.
     *
     * @param text a decimal number
     * @param lowest the smallest that is allowed
     * @throws UnexpectedTextException if it is not a number in the range
     */
    static int port(String text, int lowest) {
        return WholeNumber.parse(text, lowest, 65535, "a port number");
    }
}
