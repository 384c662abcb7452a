package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Protocols;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Reads the head of Ollama's answer: what it says, how its body is framed, and how it goes on to the client. */
final class AnswerHead {

    private static final int VERSION_LENGTH = "HTTP/1.1".length();
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int STATUS_START = VERSION_LENGTH + 1;
    private static final int STATUS_END = STATUS_START + 3;

    private final MessageHead head;
    private final String statusLine;
    private final int status;

    /**
     * Reads the status line.
     *
     * @throws MalformedMessageException if it is none of HTTP/1.1 or HTTP/1.0, or leaves HTTP
     */
    AnswerHead(MessageHead head) throws MalformedMessageException {
        this.head = head;
        this.statusLine = head.startLine();
        this.status = statusLine.length() < STATUS_END ? 0 : status(statusLine.substring(STATUS_START, STATUS_END));
        boolean known = statusLine.startsWith("HTTP/1.1 ") || statusLine.startsWith("HTTP/1.0 ");
        boolean ended = statusLine.length() == STATUS_END || statusLine.startsWith(" ", STATUS_END);
        if (!known || !ended || status < 100 || status == SWITCHING_PROTOCOLS) {
            throw new MalformedMessageException("it answered \"" + statusLine + "\"");
        }
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
        Set<String> options = head.members(StandardField.CONNECTION);
        return statusLine.startsWith("HTTP/1.1") ? !options.contains("close") : options.contains("keep-alive");
    }

    /**
     * Returns how the body is framed (RFC 9112 §6.3).
     *
     * @throws MalformedMessageException if the head does not say it in one way
     */
    BodyFraming framing(HttpServerExchange exchange) throws MalformedMessageException {
        List<String> encodings = head.values(StandardField.TRANSFER_ENCODING);
        Set<String> lengths = Set.copyOf(head.values(StandardField.CONTENT_LENGTH));
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
        String length = lengths.iterator().next();
        if (lengths.size() > 1 || !RequestRules.isLength(length)) {
            throw new MalformedMessageException("expected one Content-Length, found " + lengths);
        }
        return BodyFraming.fixed(Long.parseLong(length));
    }

    /** Returns the head as it goes to the client; fields the caller has put into the exchange's answer come along. */
    ByteBuffer forwarded(HttpServerExchange exchange, BodyFraming framing) {
        // As Go's server does it: the client is answered in the version it spoke.
        ForwardedHead out = new ForwardedHead(head, exchange.getProtocol() + statusLine.substring(VERSION_LENGTH));
        HeaderMap ours = exchange.getResponseHeaders();
        boolean chunked = head.has(StandardField.TRANSFER_ENCODING);
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

    private static int status(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return 0;
            }
        }
        return Integer.parseInt(digits);
    }

    private static void addConnection(ForwardedHead out, HttpServerExchange exchange) {
        if (!exchange.isPersistent()) {
            out.add("Connection", "close");
        } else if (exchange.getProtocol().equals(Protocols.HTTP_1_0)) {
            out.add("Connection", "keep-alive");
        }
    }
}
