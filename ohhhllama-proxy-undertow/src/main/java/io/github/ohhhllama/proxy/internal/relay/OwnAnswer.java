package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes down a whole answer of ours for a client that is answered past Undertow. */
final class OwnAnswer {

    private OwnAnswer() {}

    /**
     * Returns the answer as it goes to the client, with the response headers of its exchange.
     *
     * @param exchange what is answered
     * @param status the status code
     * @param json the body
     * @param keepsConnection whether another request may follow
     */
    static ByteBuffer of(HttpServerExchange exchange, int status, byte[] json, boolean keepsConnection) {
        String fields = "Content-Type: application/json\r\nContent-Length: " + json.length + "\r\n";
        byte[] start = head(exchange, status, fields, keepsConnection);
        boolean bodiless = exchange.getRequestMethod().toString().equals("HEAD");
        ByteBuffer answer = ByteBuffer.allocate(start.length + json.length).put(start);
        return (bodiless ? answer : answer.put(json)).flip();
    }

    /**
     * Returns an answer without a body, after which no other request may follow.
     *
     * @param exchange what is answered
     * @param status the status code
     */
    static ByteBuffer empty(HttpServerExchange exchange, int status) {
        String fields = status == StatusCodes.NO_CONTENT ? "" : "Content-Length: 0\r\n";
        return ByteBuffer.wrap(head(exchange, status, fields, false));
    }

    private static byte[] head(HttpServerExchange exchange, int status, String fields, boolean keepsConnection) {
        StringBuilder head = new StringBuilder(exchange.getProtocol().toString())
                .append(' ')
                .append(status)
                .append(' ')
                .append(StatusCodes.getReason(status))
                .append("\r\n")
                .append(fields)
                .append("Connection: ")
                .append(keepsConnection ? "keep-alive" : "close")
                .append("\r\n");
        for (HeaderValues values : exchange.getResponseHeaders()) {
            values.forEach(value -> head.append(values.getHeaderName())
                    .append(": ")
                    .append(value)
                    .append("\r\n"));
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
