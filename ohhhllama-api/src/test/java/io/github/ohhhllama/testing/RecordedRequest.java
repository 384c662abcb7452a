package io.github.ohhhllama.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a request as it stood on the wire. Immutable.
 *
 * @since 0.1.0
 */
public final class RecordedRequest {

    private final RequestHead head;
    private final byte[] body;
    private final long length;
    private final boolean complete;

    RecordedRequest(RequestHead head, byte[] body, long length, boolean complete) {
        this.head = head;
        this.body = body;
        this.length = length;
        this.complete = complete;
    }

    /** Returns the method, as sent. */
    public String method() {
        return head.method();
    }

    /** Returns the request target byte for byte: query, escapes and all. */
    public String target() {
        return head.target();
    }

    /** Returns the header fields in the order and case in which they came. */
    public List<Map.Entry<String, String>> headers() {
        return head.headers();
    }

    /**
     * Returns the first value of a header field.
     *
     * @param name the field's name, in any case
     */
    public Optional<String> header(String name) {
        return head.header(name);
    }

    /** Returns the body without its framing; of a body longer than 1 MiB only the beginning. */
    public byte[] bytes() {
        return body.clone();
    }

    /** Returns {@link #bytes} as UTF-8. */
    public String text() {
        return new String(body, UTF_8);
    }

    /** Returns how many bytes of the body came, also of a longer one. */
    public long length() {
        return length;
    }

    /** Tells whether the body came to the end that its framing promised. */
    public boolean isComplete() {
        return complete;
    }

    /** Returns method and target. */
    @Override
    public String toString() {
        return method() + ' ' + target();
    }
}
