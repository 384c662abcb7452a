package io.github.ohhhllama.proxy.internal.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Finds the path by which Ollama's two routers (Go's ServeMux, then gin) would choose a handler: decoded once, neither
 * cleaned nor folded. Whatever they would redirect or not find is not equal to any path here either.
 *
 * @param path the decoded path, one char per byte; empty if the target has none
 */
public record RequestTarget(String path) {

    /**
     * Reads a request target.
     *
     * @param raw the target as it was sent, in origin-form or absolute-form, one char per byte
     */
    public static RequestTarget of(String raw) {
        String target = withoutAuthority(raw);
        int query = target.indexOf('?');
        return new RequestTarget(decoded(query < 0 ? target : target.substring(0, query)));
    }

    private static String withoutAuthority(String raw) {
        int scheme = raw.indexOf("://");
        if (raw.startsWith("/") || scheme < 0) {
            return raw;
        }
        int path = raw.indexOf('/', scheme + "://".length());
        return path < 0 ? "" : raw.substring(path);
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char letter = path.charAt(i);
            if (letter == '%' && i + 2 < path.length() + 0 && isHex(path, i + 1) && isHex(path, i + 2)) {
                bytes.write(HexFormat.fromHexDigits(path, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(letter);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean isHex(String text, int index) {
        return HexFormat.isHexDigit(text.charAt(index));
    }
}
