package io.github.ohhhllama.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries one request to its handler and the answer back. Used by one thread. */
final class Exchange {

    static final String JSON = "application/json; charset=utf-8";
    static final String NDJSON = "application/x-ndjson";
    static final String TEXT = "text/plain; charset=utf-8";

    private static final int KEPT = 1 << 20;

    private final RequestHead head;
    private final RequestBody body;
    private final Connection connection;
    private final Consumer<RecordedRequest> recorder;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long length;
    private boolean recorded;
    private boolean over;

    Exchange(RequestHead head, Connection connection, Consumer<RecordedRequest> recorder) {
        this.head = head;
        this.connection = connection;
        this.recorder = recorder;
        this.body = new RequestBody(head, connection.in());
    }

    String method() {
        return head.method();
    }

    /** Returns the path as gin matches it: without query, decoded once. */
    String path() {
        String target = head.target();
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        int scheme = path.indexOf("://");
        if (scheme > 0) {
            int slash = path.indexOf('/', scheme + 3);
            path = slash < 0 ? "/" : path.substring(slash);
        }
        return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
    }

    /** Reads the body to its end, handing each piece on. */
    void readBody(Consumer<byte[]> pieces) throws IOException {
        if (head.says("Expect", "100-continue")) {
            out().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
            out().flush();
        }
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int count = body.read(buffer, 0, buffer.length);
                    count >= 0;
                    count = body.read(buffer, 0, buffer.length)) {
                length += count;
                kept.write(buffer, 0, Math.min(count, KEPT - kept.size()));
                byte[] piece = new byte[count];
                System.arraycopy(buffer, 0, piece, 0, count);
                pieces.accept(piece);
            }
        } finally {
            record();
        }
    }

    /** Returns the JSON object in the body; an empty one if there is none. */
    Map<String, ?> json() {
        String text = kept.toString(UTF_8);
        return text.isBlank() ? Map.of() : Json.read(text);
    }

    /** Keeps the request for the test to look at, once. */
    void record() {
        if (!recorded) {
            recorded = true;
            recorder.accept(new RecordedRequest(head, kept.toByteArray(), length, body.isAtEnd()));
        }
    }

    void reply(int status, String contentType, String text, String... fields) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        StringBuilder reply = new StringBuilder("HTTP/1.1 " + status + " Fake\r\n");
        if (!contentType.isEmpty()) {
            reply.append("Content-Type: ").append(contentType).append("\r\n");
        }
        for (String field : fields) {
            reply.append(field).append("\r\n");
        }
        over = over || !body.isAtEnd();
        reply.append(over ? "Connection: close\r\n" : "");
        reply.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(reply.toString().getBytes(UTF_8));
        whole.write(method().equals("HEAD") ? new byte[0] : bytes);
        whole.writeTo(out());
        out().flush();
    }

    void json(int status, Object... keysAndValues) throws IOException {
        reply(status, JSON, Json.object(keysAndValues));
    }

    /** Returns the value of a header field of the request. */
    Optional<String> field(String name) {
        return head.header(name);
    }

    /** Starts an answer of bytes to the end of something; from here on the handler is interrupted when the client leaves. */
    OutputStream bytes(long length, long from) throws IOException {
        watch();
        over = true;
        String reply = "HTTP/1.1 " + (field("Range").isPresent() ? "206 Partial Content" : "200 OK")
                + "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes "
                + from + '-' + (from + length - 1) + '/' + (from + length)
                + "\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n";
        out().write(reply.getBytes(UTF_8));
        out().flush();
        return out();
    }

    /** Starts an answer of unknown length; from here on the handler is interrupted when the client leaves. */
    ReplyStream stream(String contentType) throws IOException {
        watch();
        boolean chunked = head.version().equals("HTTP/1.1");
        over = over || !chunked;
        return new ReplyStream(out(), chunked, contentType);
    }

    /** Has this thread interrupted when the client leaves. */
    void watch() {
        connection.watch();
    }

    void answer(Answer answer) throws IOException {
        out().write(answer.head().getBytes(UTF_8));
        for (byte[] piece : answer.pieces()) {
            out().write(piece);
            out().flush();
        }
        over = over || answer.isLast();
    }

    /** Hangs up without ending the answer. */
    void cut() {
        over = true;
    }

    /** Hangs up so that the client sees its connection reset. */
    void reset() throws IOException {
        over = true;
        connection.resetOnClose();
    }

    /** Tells whether another request may follow on this connection. */
    boolean isKeptAlive() {
        return !over && body.isAtEnd() && head.version().equals("HTTP/1.1") && !head.says("Connection", "close");
    }

    private OutputStream out() {
        return connection.out();
    }
}
