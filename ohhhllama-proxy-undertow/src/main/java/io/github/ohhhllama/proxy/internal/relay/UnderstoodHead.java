package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import java.nio.charset.StandardCharsets;

/** Writes down the head of a request as Undertow has understood it. */
final class UnderstoodHead {

    private static final int USUAL_LENGTH = 512;
    private static final int LAST_OCTET = 0xff;

    private UnderstoodHead() {}

    /**
     * Returns the head with its target as the client wrote it, but without the path at which the handler stands.
     *
     * @throws MalformedMessageException if it has something in it that has no place in a head, or its path does not begin
     *     with that path letter by letter
     */
    static MessageHead of(HttpServerExchange exchange) throws MalformedMessageException {
        StringBuilder text = new StringBuilder(USUAL_LENGTH);
        text.append(exchange.getRequestMethod()).append(' ').append(target(exchange));
        text.append(' ').append(exchange.getProtocol());
        endLine(text, 0);
        for (HeaderValues values : exchange.getRequestHeaders()) {
            for (String value : values) {
                int start = text.length();
                text.append(values.getHeaderName()).append(": ").append(value);
                endLine(text, start);
            }
        }
        byte[] bytes = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        return new MessageHead(bytes, bytes.length);
    }

    private static void endLine(StringBuilder text, int start) throws MalformedMessageException {
        for (int at = start; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == '\r' || letter == '\n' || letter > LAST_OCTET) {
                throw new MalformedMessageException("expected a line of bytes, found: " + text.substring(start));
            }
        }
        text.append("\r\n");
    }

    private static String target(HttpServerExchange exchange) throws MalformedMessageException {
        String uri = exchange.getRequestURI();
        String query = exchange.getQueryString();
        int start = exchange.isHostIncludedInRequestURI() ? pathStart(uri) : 0;
        String above = exchange.getResolvedPath();
        if (!uri.startsWith(above, start)) {
            throw new MalformedMessageException("expected a path below " + above + ", found " + uri);
        }
        String below = uri.substring(start + above.length());
        String slash = above.isEmpty() || below.startsWith("/") ? "" : "/";
        return uri.substring(0, start) + slash + below + (query.isEmpty() ? "" : "?" + query);
    }

    private static int pathStart(String uri) {
        int path = uri.indexOf('/', uri.indexOf("://") + "://".length());
        return path < 0 ? uri.length() : path;
    }
}
