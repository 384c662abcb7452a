package io.github.ohhhllama.proxy.internal.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the start line and the header fields of a message without changing a byte of them.
 *
 * <p>Stricter than RFC 9112 demands: lines end with CRLF, fields are not folded, no control characters. What passes here
 * means the same to every server behind.
 */
final class MessageHead {

    /** Tells where a field stands: its name from {@code start}, its line with CRLF until {@code end}. */
    record Field(StandardField kind, int start, int nameEnd, int end) {}

    private final byte[] bytes;
    private final int startLineEnd;
    private final List<Field> fields = new ArrayList<>(16);
    private final Set<StandardField> kinds = EnumSet.noneOf(StandardField.class);

    /**
     * Takes the head apart.
     *
     * @param bytes the head from its first byte; kept, not copied
     * @param length how long the head is, including the empty line at its end
     * @throws MalformedMessageException if a line is not what HTTP/1.1 allows
     */
    MessageHead(byte[] bytes, int length) throws MalformedMessageException {
        this.bytes = bytes;
        this.startLineEnd = lineEnd(0);
        int start = startLineEnd + 2;
        while (start < length - 2) {
            int nameEnd = nameEnd(start);
            int end = lineEnd(nameEnd + 1) + 2;
            StandardField kind = StandardField.named(bytes, start, nameEnd);
            fields.add(new Field(kind, start, nameEnd, end));
            kinds.add(kind);
            start = end;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns the start line without its CRLF, one char per byte. */
    String startLine() {
        return text(0, startLineEnd);
    }

    /** Returns all fields in their order. */
    List<Field> fields() {
        return fields;
    }

    String name(Field field) {
        return text(field.start, field.nameEnd);
    }

    /** Returns a field's value without the blanks around it, one char per byte. */
    String value(Field field) {
        return text(field.nameEnd + 1, field.end - 2).strip();
    }

    boolean has(StandardField kind) {
        return kinds.contains(kind);
    }

    /** Returns the values of all fields of a kind, in their order. */
    List<String> values(StandardField kind) {
        if (!has(kind)) {
            return List.of();
        }
        List<String> values = new ArrayList<>(2);
        for (Field field : fields) {
            if (field.kind == kind) {
                values.add(value(field));
            }
        }
        return values;
    }

    /** Returns what a list-valued field like {@code Connection} names, over all its lines; in any case. */
    Set<String> members(StandardField kind) {
        if (!has(kind)) {
            return Set.of();
        }
        Set<String> members = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String value : values(kind)) {
            for (String member : value.split(",", -1)) {
                members.add(member.strip());
            }
        }
        return members;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private int nameEnd(int start) throws MalformedMessageException {
        int at = start;
        while (Octets.isToken(bytes[at])) {
            at++;
        }
        if (at == start || bytes[at] != ':') {
            throw new MalformedMessageException("expected a field name and a colon");
        }
        return at;
    }

    private int lineEnd(int start) throws MalformedMessageException {
        int at = start;
        while (Octets.isText(bytes[at])) {
            at++;
        }
        if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
            throw new MalformedMessageException("expected CRLF, found a control character");
        }
        return at;
    }
}
