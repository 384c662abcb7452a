package io.github.ohhhllama.proxy.internal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which web pages may call, exactly as Ollama v0.33 does with gin-contrib/cors v1.7.2: comparison is by case, a
 * star stands for any text, and a pattern that ends in {@code :*} also fits {@code http://localhost:3000.example.com}.
 * Immutable.
 */
public final class OriginRules {

    private static final List<String> DEFAULT_HOSTS = List.of("localhost", "127.0.0.1", "0.0.0.0");
    private static final List<String> DEFAULT_APPS =
            List.of("app://*", "file://*", "tauri://*", "vscode-webview://*", "vscode-file://*");

    private final boolean all;
    private final List<Pattern> patterns = new ArrayList<>();

    /**
     * Creates the rules: Ollama's own, and more.
     *
     * @param allowed further origins, for instance {@code https://chat.example.com}, with one star each at most;
     *     {@code *} alone allows all
     * @throws IllegalArgumentException if an entry has more than one star, or neither a star nor a scheme
     */
    public OriginRules(List<String> allowed) {
        this.all = allowed.stream().map(String::strip).anyMatch("*"::equals);
        allowed.stream().map(Pattern::parse).forEach(patterns::add);
        DEFAULT_HOSTS.stream()
                .flatMap(host -> Stream.of("http://" + host, "https://" + host))
                .flatMap(origin -> Stream.of(origin, origin + ":*"))
                .map(Pattern::parse)
                .forEach(patterns::add);
        DEFAULT_APPS.stream().map(Pattern::parse).forEach(patterns::add);
    }

    /**
     * Judges one request.
     *
     * @param origin its first Origin header, or null
     * @param host its Host header, or the authority of the target in absolute form; null if there was none
     */
    public OriginVerdict judge(@Nullable String origin, @Nullable String host) {
        if (origin == null || origin.isEmpty()) {
            return OriginVerdict.of(OriginVerdict.Kind.NONE);
        }
        String self = host == null ? "" : host;
        if (origin.equals("http://" + self) || origin.equals("https://" + self)) {
            return OriginVerdict.of(OriginVerdict.Kind.SAME_ORIGIN);
        }
        if (all) {
            return new OriginVerdict(OriginVerdict.Kind.ALLOWED, "*");
        }
        return patterns.stream().anyMatch(pattern -> pattern.fits(origin))
                ? new OriginVerdict(OriginVerdict.Kind.ALLOWED, origin)
                : OriginVerdict.of(OriginVerdict.Kind.REFUSED);
    }

    /** What stands before and after the star; without a star there is nothing after it but null. */
    private record Pattern(String start, @Nullable String end) {

        static Pattern parse(String entry) {
            String text = entry.strip();
            int star = text.indexOf('*');
            if (star != text.lastIndexOf('*')) {
                throw new IllegalArgumentException("\"" + entry + "\" is not an origin: only one * is allowed");
            }
            if (star < 0 && !text.contains("://")) {
                throw new IllegalArgumentException(
                        "\"" + entry + "\" is not an origin: expected scheme://host[:port], or one * in it");
            }
            // Ollama folds the case of what it compares as a whole, and of nothing else.
            return star < 0
                    ? new Pattern(text.toLowerCase(Locale.ROOT), null)
                    : new Pattern(text.substring(0, star), text.substring(star + 1));
        }

        boolean fits(String origin) {
            return end == null ? origin.equals(start) : origin.startsWith(start) && origin.endsWith(end);
        }
    }
}
