package io.github.ohhhllama.proxy.internal.relay;

import java.nio.ByteBuffer;

/** Hides escapes in a query that are none from Undertow, which refuses them; Ollama lets them pass, and gets them. */
final class QueryEscapes {

    private QueryEscapes() {}

    /**
     * Overwrites the percent signs of a query that no two hex digits follow.
     *
     * @param head the bytes of a request head, of which the relay has its own copy
     * @param from where the head begins
     * @param to where it ends
     */
    static void hide(ByteBuffer head, int from, int to) {
        boolean query = false;
        for (int at = from; at < to && head.get(at) != '\r'; at++) {
            query |= head.get(at) == '?';
            if (query && head.get(at) == '%' && !(isHex(head, at + 1, to) && isHex(head, at + 2, to))) {
                head.put(at, (byte) '_');
            }
        }
    }

    private static boolean isHex(ByteBuffer head, int at, int to) {
        return at < to && Character.digit(head.get(at), 16) >= 0;
    }
}
