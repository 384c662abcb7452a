package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Says in Ollama's own form that Ollama did not answer, and what to do about it. */
final class BadGateway {

    static final int STATUS = 502;

    private BadGateway() {}

    /** Returns the whole answer as it goes to the client. */
    static ByteBuffer answer(String backend, String reason, HttpServerExchange exchange, boolean keepsConnection) {
        byte[] body = json("Ollama does not answer at " + backend + ": " + reason + ". Start it there (OLLAMA_HOST="
                        + backend + " ollama serve), or set OLLAMA_BACKEND to the address where it runs.")
                .getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(exchange.getProtocol().toString())
                .append(" 502 Bad Gateway\r\nContent-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\nConnection: ")
                .append(keepsConnection ? "keep-alive" : "close")
                .append("\r\n");
        for (HeaderValues values : exchange.getResponseHeaders()) {
            values.forEach(value -> head.append(values.getHeaderName())
                    .append(": ")
                    .append(value)
                    .append("\r\n"));
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        boolean bodiless = exchange.getRequestMethod().toString().equals("HEAD");
        ByteBuffer answer = ByteBuffer.allocate(start.length + body.length).put(start);
        return (bodiless ? answer : answer.put(body)).flip();
    }

    private static String json(String message) {
        StringBuilder escaped = new StringBuilder("{\"error\":\"");
        message.chars().forEach(letter -> {
            if (letter == '"' || letter == '\\') {
                escaped.append('\\');
            }
            escaped.append(letter < ' ' ? ' ' : (char) letter);
        });
        return escaped.append("\"}").toString();
    }
}
