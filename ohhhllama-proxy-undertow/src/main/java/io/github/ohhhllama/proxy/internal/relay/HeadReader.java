package io.github.ohhhllama.proxy.internal.relay;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the bytes of a message head, however they are cut into packets. */
final class HeadReader {

    /** Marks a head whose end has not come yet. */
    static final int INCOMPLETE = -1;

    private static final int STEP = 512;

    private byte[] bytes = new byte[STEP];
    private int length;

    /**
     * Takes over the head's bytes.
     *
     * @return the index after the empty line that ends the head, or {@link #INCOMPLETE} when all bytes were taken and the
     *     end has not come yet
     * @throws MalformedMessageException if a line ends otherwise than with CRLF
     */
    int append(ByteBuffer source, int from, int to) throws MalformedMessageException {
        int at = from;
        while (at < to) {
            int count = Math.min(STEP, to - at);
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            source.get(at, bytes, length, count);
            int scanned = length;
            length += count;
            int end = end(scanned);
            if (end != INCOMPLETE) {
                at += end - scanned;
                length = end;
                return at;
            }
            at += count;
        }
        return INCOMPLETE;
    }

    /** Returns the complete head's bytes; valid until {@link #reset()}. */
    ByteBuffer asBuffer() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    /** Returns how many bytes of the head have come. */
    int length() {
        return length;
    }

    /**
     * Returns the complete head; it is valid until {@link #reset()}.
     *
     * @throws MalformedMessageException if a line is not what HTTP/1.1 allows
     */
    MessageHead head() throws MalformedMessageException {
        return new MessageHead(bytes, length);
    }

    /** Makes ready for the next head. */
    void reset() {
        length = 0;
    }

    private int end(int from) throws MalformedMessageException {
        for (int at = from; at < length; at++) {
            if (bytes[at] == '\n') {
                if (at == 0 || bytes[at - 1] != '\r') {
                    throw new MalformedMessageException("expected CRLF, found a bare LF");
                }
                if (at > 2 && bytes[at - 2] == '\n') {
                    return at + 1;
                }
            }
        }
        return INCOMPLETE;
    }
}
