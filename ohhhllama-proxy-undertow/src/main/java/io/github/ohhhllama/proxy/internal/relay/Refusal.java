package io.github.ohhhllama.proxy.internal.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers what is no request for anybody, in Ollama's words where it has some; the connection is closed after it. */
enum Refusal {
    BAD_REQUEST("400 Bad Request", "400 Bad Request"),
    NO_HOST("400 Bad Request", "400 Bad Request: missing required Host header"),
    MANY_HOSTS("400 Bad Request", "400 Bad Request: too many Host headers"),
    BAD_HOST("400 Bad Request", "400 Bad Request: malformed Host header"),
    METHOD_NOT_ALLOWED("405 Method Not Allowed", "405 method not allowed"),
    EXPECTATION_FAILED("417 Expectation Failed", ""),
    HEAD_TOO_LARGE("431 Request Header Fields Too Large", "431 Request Header Fields Too Large");

    private final String answer;

    Refusal(String status, String body) {
        this.answer = "HTTP/1.1 " + status + "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Returns the whole answer as it goes to the client. */
    ByteBuffer answer() {
        return ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII));
    }
}
