package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Protocols;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads the head of Ollama's answer: what it says, how its body is framed, and how it goes on to the client. */
final class AnswerHead {

    private static final int VERSION_LENGTH = "HTTP/1.1".length();
    private static final int STATUS_START = VERSION_LENGTH + 1;
    private static final int STATUS_END = STATUS_START + 3;

    private final MessageHead head;
    private final String statusLine;
    private final int status;

    /**
     * Reads the status line.
     *
     * @throws MalformedMessageException if it is none of HTTP/1.1 or HTTP/1.0
     */
    AnswerHead(MessageHead head) throws MalformedMessageException {
        this.head = head;
        this.statusLine = head.startLine();
        if (!statusLine.matches("HTTP/1\\.[01] [1-9][0-9][0-9]( .*)?")) {
            throw new MalformedMessageException("expected an HTTP/1.1 status line, found \"" + statusLine + "\"");
        }
        this.status = Integer.parseInt(statusLine.substring(STATUS_START, STATUS_END));
    }

    int status() {
        return status;
    }

    /** Returns whether the answer itself is still to come. */
    boolean isInterim() {
        return status < 200;
    }

    /** Returns whether Ollama keeps the connection open after the answer. */
    boolean keepsConnection() {
        List<String> options = head.members(StandardField.CONNECTION);
        return statusLine.startsWith("HTTP/1.1")
                ? options.stream().noneMatch("close"::equalsIgnoreCase)
                : options.stream().anyMatch("keep-alive"::equalsIgnoreCase);
    }

    /**
     * Returns how the body is framed (RFC 9112 §6.3).
     *
     * @throws MalformedMessageException if the head does not say it in one way
     */
    BodyFraming framing(HttpServerExchange exchange) throws MalformedMessageException {
        List<String> encodings = head.values(StandardField.TRANSFER_ENCODING);
        List<String> lengths =
                head.values(StandardField.CONTENT_LENGTH).stream().distinct().toList();
        if (exchange.getRequestMethod().toString().equals("HEAD") || isInterim() || status == 204 || status == 304) {
            return BodyFraming.fixed(0);
        }
        if (!encodings.isEmpty()) {
            if (encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked")) {
                throw new MalformedMessageException("expected Transfer-Encoding chunked, found " + encodings);
            }
            return exchange.isHttp11() ? ChunkedFraming.kept() : ChunkedFraming.stripped();
        }
        if (lengths.isEmpty()) {
            return BodyFraming.untilClose();
        }
        if (lengths.size() > 1 || !RequestRules.isLength(lengths.get(0))) {
            throw new MalformedMessageException("expected one Content-Length, found " + lengths);
        }
        return BodyFraming.fixed(Long.parseLong(lengths.get(0)));
    }

    /** Returns the head as it goes to the client; fields the caller has put into the exchange's answer come along. */
    ByteBuffer forwarded(HttpServerExchange exchange, BodyFraming framing) {
        // The version is ours: whatever Ollama speaks, the client is answered in HTTP/1.1.
        ForwardedHead out = new ForwardedHead(head, "HTTP/1.1" + statusLine.substring(VERSION_LENGTH));
        HeaderMap ours = exchange.getResponseHeaders();
        boolean chunked = !head.values(StandardField.TRANSFER_ENCODING).isEmpty();
        boolean lengthSeen = chunked;
        for (MessageHead.Field field : head.fields()) {
            boolean length = field.kind() == StandardField.CONTENT_LENGTH;
            if (field.kind() == StandardField.TRANSFER_ENCODING) {
                if (!framing.endsWithConnection()) {
                    out.copy(field);
                }
            } else if (out.goesOn(field) && !(length && lengthSeen) && !isReplaced(field, ours)) {
                out.copy(field);
                lengthSeen |= length;
            }
        }
        if (!isInterim()) {
            addConnection(out, exchange);
            out.addAll(ours);
        }
        return out.end();
    }

    /** {@code Vary} is a list over several lines; any other field of ours stands in for Ollama's. */
    private boolean isReplaced(MessageHead.Field field, HeaderMap ours) {
        if (ours.size() == 0) {
            return false;
        }
        String name = head.name(field);
        return ours.contains(name) && !name.equalsIgnoreCase("vary");
    }

    private static void addConnection(ForwardedHead out, HttpServerExchange exchange) {
        if (!exchange.isPersistent()) {
            out.add("Connection", "close");
        } else if (exchange.getProtocol().equals(Protocols.HTTP_1_0)) {
            out.add("Connection", "keep-alive");
        }
    }
}
