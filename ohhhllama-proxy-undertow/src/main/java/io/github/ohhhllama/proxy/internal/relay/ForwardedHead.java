package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Writes the head of a message for the next hop: the fields that go on as they came, and those that are ours. */
final class ForwardedHead {

    private static final int USUAL_LENGTH = 512;

    private final MessageHead head;
    private final Set<String> ends;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_LENGTH);

    /** Begins with a start line, given without CRLF. */
    ForwardedHead(MessageHead head, String startLine) {
        this.head = head;
        this.ends = head.members(StandardField.CONNECTION);
        write(startLine + "\r\n");
    }

    /** Tells whether a field goes to the next hop, whatever else is decided about it. */
    boolean goesOn(MessageHead.Field field) {
        return !field.kind().isHopByHop() && (ends.isEmpty() || !ends.contains(head.name(field)));
    }

    void copy(MessageHead.Field field) {
        out.write(head.bytes(), field.start(), field.end() - field.start());
    }

    ForwardedHead add(String name, String value) {
        write(name + ": " + value + "\r\n");
        return this;
    }

    ForwardedHead addAll(HeaderMap fields) {
        for (HeaderValues values : fields) {
            for (String value : values) {
                add(values.getHeaderName().toString(), value);
            }
        }
        return this;
    }

    /** Returns the complete head. */
    ByteBuffer end() {
        write("\r\n");
        return ByteBuffer.wrap(out.toByteArray());
    }

    private void write(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
