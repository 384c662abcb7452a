package io.github.ohhhllama.proxy.internal.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers as told, the last answer again and again, and remembers what it was asked. */
public final class ScriptedProxy implements AutoCloseable {

    private final HttpServer server;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Reply> replies = new ArrayDeque<>();

    public ScriptedProxy() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private record Reply(int status, String body) {}

    public ScriptedProxy then(int status, String body) {
        synchronized (replies) {
            replies.add(new Reply(status, body));
        }
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Method, target, the Prefer header and the body of each request. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(String.join(
                " ",
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Prefer"),
                body));
        Reply reply = next();
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Reply next() {
        synchronized (replies) {
            return Objects.requireNonNull(replies.size() > 1 ? replies.poll() : replies.peek());
        }
    }
}
