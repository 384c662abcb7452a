package io.github.ohhhllama.proxy.internal.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's target as Go's {@code net/url} does, so that a path leads to the same handler here as in Ollama:
 * decoded exactly once, with no dots resolved and no slashes merged, since Ollama redirects or refuses those spellings.
 *
 * @param authority the host and port of an absolute target, which count instead of the Host header; null if the target
 *     names none
 * @param path the decoded path
 */
public record RequestTarget(@Nullable String authority, String path) {

    private static final Pattern FORM =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?]*))?)?([^?]*)(?:\\?.*)?", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /**
     * Parses a raw target.
     *
     * @param raw the target as it stands in the request line
     * @return its parts, or empty if Ollama would answer 400 to it
     */
    public static Optional<RequestTarget> parse(String raw) {
        if (isPlain(raw)) {
            return Optional.of(new RequestTarget(null, raw));
        }
        if (raw.equals("*")) {
            return Optional.of(new RequestTarget(null, "*"));
        }
        Matcher parts = FORM.matcher(raw);
        if (!parts.matches() || CONTROL.matcher(raw).find()) {
            return Optional.empty();
        }
        boolean isAbsolute = parts.group(1) != null;
        String path = parts.group(3);
        if ((!isAbsolute && !path.startsWith("/")) || BAD_ESCAPE.matcher(path).find()) {
            return Optional.empty();
        }
        return Optional.of(new RequestTarget(withoutUser(parts.group(2)), decoded(path)));
    }

    /**
     * Tells whether the target leads to the handler of a path.
     *
     * @param path the path the handler stands under, for instance {@code /api/pull}
     */
    public boolean routesTo(String path) {
        return this.path.equals(path);
    }

    /** Most targets are a path and nothing else, which needs no taking apart. */
    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char letter = raw.charAt(i);
            if (letter <= ' ' || letter >= 0x7f || letter == '%' || letter == '?') {
                return false;
            }
        }
        return raw.startsWith("/");
    }

    private static @Nullable String withoutUser(@Nullable String authority) {
        if (authority == null) {
            return null;
        }
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        return host.isEmpty() ? null : host;
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                decoded.write(16 * HexFormat.fromHexDigit(bytes[i + 1]) + HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
