package io.github.ohhhllama.proxy.internal.relay;

import java.nio.ByteBuffer;

/**
 * Hides from Undertow what it refuses in a request head and Ollama does not: a target's scheme and authority,
 * escapes in a query that are none, and a Host like {@code localhost:} or {@code [::ffff:127.0.0.1]}. Ollama gets what was
 * sent, and what is decided on the Host is decided on the {@link MessageHead}.
 */
final class HeadForUndertow {

    private HeadForUndertow() {}

    /**
     * Overwrites them, byte for byte.
     *
     * @param bytes the bytes of a request head, of which the relay has its own copy
     * @param from where the head begins
     * @param head the same head, understood
     */
    static void hide(ByteBuffer bytes, int from, MessageHead head) {
        hideTarget(bytes, from, from + head.startLine().length());
        for (MessageHead.Field field : head.fields()) {
            if (field.kind() == StandardField.HOST) {
                hideHost(bytes, from + field.nameEnd() + 1, from + field.end());
            }
        }
    }

    private static void hideHost(ByteBuffer head, int start, int end) {
        for (int at = start; at < end; at++) {
            if (head.get(at) > ' ') {
                head.put(at, (byte) 'h');
            }
        }
    }

    private static void hideTarget(ByteBuffer head, int from, int to) {
        int start = indexOf(head, ' ', from, to) + 1;
        int end = indexOf(head, ' ', start, to);
        int query = indexOf(head, '?', start, end);
        hideScheme(head, start, query);
        for (int at = query; at < end; at++) {
            if (head.get(at) == '%' && !(isHex(head, at + 1, end) && isHex(head, at + 2, end))) {
                head.put(at, (byte) '_');
            }
        }
    }

    /** Leaves of an absolute target its path, behind as many slashes as it takes; what has neither is left alone. */
    private static void hideScheme(ByteBuffer head, int start, int end) {
        int colon = indexOf(head, ':', start, end);
        if (head.get(start) == '/' || colon == end) {
            return;
        }
        boolean absolute = colon + 2 < end && head.get(colon + 1) == '/' && head.get(colon + 2) == '/';
        int path = indexOf(head, '/', colon + (absolute ? "://".length() : 1), end);
        for (int at = start; at < path; at++) {
            head.put(at, (byte) '/');
        }
    }

    /** Returns where the byte stands first, or the end if it is not there. */
    private static int indexOf(ByteBuffer head, char letter, int from, int to) {
        int at = from;
        while (at < to && head.get(at) != letter) {
            at++;
        }
        return at;
    }

    private static boolean isHex(ByteBuffer head, int at, int to) {
        return at < to && Character.digit(head.get(at), 16) >= 0;
    }
}
