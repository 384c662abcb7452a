package io.github.ohhhllama.proxy.internal.relay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which requests are none, and how long a request's body is. */
final class RequestRules {

    private static final int MOST_DIGITS = 18;

    private RequestRules() {}

    /** Returns why the request must not go further, or null when it may. */
    static @Nullable Refusal refusal(MessageHead head) {
        String line = head.startLine();
        boolean current = line.endsWith(" HTTP/1.1");
        if (!current && !line.endsWith(" HTTP/1.0")) {
            return Refusal.BAD_REQUEST;
        }
        if (line.indexOf('\t') >= 0 || line.indexOf(' ', line.indexOf(' ') + 1) != line.lastIndexOf(' ')) {
            return Refusal.BAD_REQUEST;
        }
        if (!Octets.isToken(RequestTarget.method(line))) {
            return Refusal.BAD_REQUEST;
        }
        Refusal foreign = refusal(head.values(StandardField.HOST), current);
        if (foreign != null) {
            return foreign;
        }
        if (!isFramedOnce(head, current)) {
            return Refusal.BAD_REQUEST;
        }
        if (line.startsWith("CONNECT ") || line.startsWith("TRACE ")) {
            return Refusal.METHOD_NOT_ALLOWED;
        }
        if (RequestTarget.parse(RequestTarget.verbatim(line)).isEmpty()) {
            return Refusal.BAD_REQUEST;
        }
        for (String expectation : head.values(StandardField.EXPECT)) {
            if (!expectation.equalsIgnoreCase("100-continue")) {
                return Refusal.EXPECTATION_FAILED;
            }
        }
        return null;
    }

    private static @Nullable Refusal refusal(List<String> hosts, boolean needed) {
        if (hosts.size() > 1) {
            return Refusal.MANY_HOSTS;
        }
        if (hosts.isEmpty()) {
            return needed ? Refusal.NO_HOST : null;
        }
        return Octets.isHost(hosts.get(0)) ? null : Refusal.BAD_HOST;
    }

    /** Returns the framing of the body of a request that was not refused. */
    static BodyFraming framing(MessageHead head) {
        if (head.has(StandardField.TRANSFER_ENCODING)) {
            return ChunkedFraming.kept();
        }
        List<String> lengths = head.values(StandardField.CONTENT_LENGTH);
        return BodyFraming.fixed(lengths.isEmpty() ? 0 : Long.parseLong(lengths.get(0)));
    }

    /** Two lengths, or a length and an encoding, are how requests are smuggled: RFC 9112 §6.3 allows to refuse them. */
    private static boolean isFramedOnce(MessageHead head, boolean chunksKnown) {
        List<String> encodings = head.values(StandardField.TRANSFER_ENCODING);
        List<String> lengths = head.values(StandardField.CONTENT_LENGTH);
        if (encodings.isEmpty()) {
            return lengths.isEmpty() || (lengths.size() == 1 && isLength(lengths.get(0)));
        }
        return chunksKnown
                && lengths.isEmpty()
                && encodings.size() == 1
                && encodings.get(0).equalsIgnoreCase("chunked");
    }

    /** Returns whether a {@code Content-Length} is a number that fits in a long. */
    static boolean isLength(String value) {
        return !value.isEmpty()
                && value.length() <= MOST_DIGITS
                && value.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }
}
