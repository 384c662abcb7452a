package io.github.ohhhllama.proxy.internal.relay;

import java.nio.ByteBuffer;

/**
 * Hides from Undertow what it refuses in a request target and Ollama does not: an authority that is not the Host, and
 * escapes in a query that are none. Ollama gets what was sent.
 */
final class TargetForUndertow {

    private TargetForUndertow() {}

    /**
     * Overwrites both, byte for byte.
     *
     * @param head the bytes of a request head, of which the relay has its own copy
     * @param from where the head begins
     * @param to where it ends
     */
    static void hide(ByteBuffer head, int from, int to) {
        int start = indexOf(head, ' ', from, to) + 1;
        int end = indexOf(head, ' ', start, to);
        int query = indexOf(head, '?', start, end);
        hideAuthority(head, start, query);
        for (int at = query; at < end; at++) {
            if (head.get(at) == '%' && !(isHex(head, at + 1, end) && isHex(head, at + 2, end))) {
                head.put(at, (byte) '_');
            }
        }
    }

    private static void hideAuthority(ByteBuffer head, int start, int end) {
        int colon = indexOf(head, ':', start, end);
        boolean absolute = colon + 2 < end && head.get(colon + 1) == '/' && head.get(colon + 2) == '/';
        if (absolute && head.get(start) != '/') {
            int path = indexOf(head, '/', colon + "://".length(), end);
            for (int at = start; at < path; at++) {
                head.put(at, (byte) '/');
            }
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
