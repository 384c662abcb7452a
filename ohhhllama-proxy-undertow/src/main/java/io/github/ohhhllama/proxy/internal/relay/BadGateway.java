package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Says in Ollama's own form that no answer came of Ollama, and what to do about it. */
final class BadGateway {

    static final int STATUS = 502;

    private BadGateway() {}

    /** Returns what is said of an Ollama that is silent. */
    static String silence(String backend, String reason) {
        return "Ollama does not answer at " + backend + ": " + reason + ". Start it there (OLLAMA_HOST=" + backend
                + " ollama serve), or set OLLAMA_BACKEND to the address where it runs.";
    }

    /** Returns what is said of an Ollama that began to answer. */
    static String breach(String backend, String reason) {
        return "Ollama broke off its answer at " + backend + ": " + reason + ". Its log may say why; then ask again.";
    }

    /** Returns the whole answer as it goes to the client. */
    static ByteBuffer answer(String text, HttpServerExchange exchange, boolean keepsConnection) {
        return OwnAnswer.of(exchange, STATUS, json(text).getBytes(StandardCharsets.UTF_8), keepsConnection);
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
