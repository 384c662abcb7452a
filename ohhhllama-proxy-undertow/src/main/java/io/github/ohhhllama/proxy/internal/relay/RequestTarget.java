package io.github.ohhhllama.proxy.internal.relay;

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
 * <p>What is judged and what goes on to Ollama come from one reading: a target that cannot be read goes nowhere.
 *
 * @param authority the host and port of an absolute target, which count instead of the Host header; null if the target
 *     names none
 * @param path the decoded path
 * @param onward the target in origin-form as it goes on, escaped as it came; empty if it was absolute and had neither path
 *     nor query
 */
public record RequestTarget(@Nullable String authority, String path, String onward) {

    private static final Pattern FORM =
            Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:(?://([^/?]*))?)?((?:/[^?]*)?)(\\?.*)?", Pattern.DOTALL);

    /** What Go 1.26 takes for a host and its port, with somebody before an at sign. */
    private static final Pattern AUTHORITY = Pattern.compile(
            "(?:[A-Za-z0-9._~!$&'()*+,;=:@%-]*@)?(?:\\[[^\\]@]*]|[A-Za-z0-9._~!$&'()*+,;=<>\"\\x80-\\xff-]*)(?::[0-9]*)?");

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /**
     * Parses a raw target.
     *
     * @param raw the target as it stands in the request line, one char per byte
     * @return its parts, or empty if Ollama would answer 400 to it, or if it is a scheme before something that is no path
     */
    public static Optional<RequestTarget> parse(String raw) {
        if (isPlain(raw)) {
            return Optional.of(new RequestTarget(null, raw, raw));
        }
        if (raw.equals("*")) {
            return Optional.of(new RequestTarget(null, "*", "*"));
        }
        Matcher parts = FORM.matcher(raw);
        if (!parts.matches() || CONTROL.matcher(raw).find()) {
            return Optional.empty();
        }
        String path = parts.group(2);
        String authority = parts.group(1);
        if ((authority == null ? path.isEmpty() : !AUTHORITY.matcher(authority).matches())
                || BAD_ESCAPE.matcher(path).find()) {
            return Optional.empty();
        }
        String query = parts.group(3) == null ? "" : parts.group(3);
        String root = path.isEmpty() && !query.isEmpty() ? "/" : "";
        return Optional.of(new RequestTarget(withoutUser(authority), decoded(path), root + path + query));
    }

    /** Returns the method of a request line. */
    static String method(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** Returns the target of a request line as it stands there. */
    static String verbatim(String line) {
        int start = line.indexOf(' ') + 1;
        return line.substring(start, line.indexOf(' ', start));
    }

    /**
     * Returns the target as it goes on with a method.
     *
     * @param method the method; {@code OPTIONS} of a whole server has {@code *} (RFC 9112 §3.2.4)
     */
    String onward(String method) {
        if (!onward.isEmpty()) {
            return onward;
        }
        return method.equals("OPTIONS") ? "*" : "/";
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
