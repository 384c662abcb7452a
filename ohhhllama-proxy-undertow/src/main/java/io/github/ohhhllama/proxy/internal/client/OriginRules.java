package io.github.ohhhllama.proxy.internal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges the web page a request comes from, as Ollama does (gin-contrib/cors 1.7 with the origins of its
 * {@code envconfig}). Immutable.
 */
public final class OriginRules {

    private static final List<String> LOCAL_HOSTS = List.of("localhost", "127.0.0.1", "0.0.0.0");
    private static final List<String> APPLICATIONS =
            List.of("app://*", "file://*", "tauri://*", "vscode-webview://*", "vscode-file://*");

    private final boolean all;
    private final List<Predicate<String>> allowed;

    private OriginRules(boolean all, List<Predicate<String>> allowed) {
        this.all = all;
        this.allowed = allowed;
    }

    /** What to do with a request. */
    public enum Verdict {
        /** It comes from no web page, or from one that this address itself served: nothing is added. */
        NOT_FOREIGN,
        /** It comes from an allowed page, and the answer says so. */
        ALLOWED,
        /** It is answered with 403. */
        REFUSED
    }

    /**
     * Creates the rules.
     *
     * @param allowedOrigins further origins: exact ones, ones with a {@code *} in it, or {@code *} for all
     */
    public static OriginRules of(List<String> allowedOrigins) {
        List<String> entries = new ArrayList<>();
        for (String host : LOCAL_HOSTS) {
            Stream.of("http://", "https://").forEach(scheme -> {
                entries.add(scheme + host);
                entries.add(scheme + host + ":*");
            });
        }
        entries.addAll(APPLICATIONS);
        allowedOrigins.forEach(origin -> entries.add(origin.strip()));
        return new OriginRules(
                entries.contains("*"),
                entries.stream().map(OriginRules::pattern).toList());
    }

    /**
     * Judges a request.
     *
     * @param origin the value of {@code Origin}, or null if there is none
     * @param host the value of {@code Host}, or null
     */
    public Verdict judge(@Nullable String origin, @Nullable String host) {
        if (origin == null || origin.isEmpty() || origin.equals("http://" + host) || origin.equals("https://" + host)) {
            return Verdict.NOT_FOREIGN;
        }
        return allowed.stream().anyMatch(pattern -> pattern.test(origin)) ? Verdict.ALLOWED : Verdict.REFUSED;
    }

    /**
     * Returns the value of {@code Access-Control-Allow-Origin} for an allowed page.
     *
     * @param origin the value of {@code Origin}
     */
    public String allowOrigin(String origin) {
        return all ? "*" : origin;
    }

    private static Predicate<String> pattern(String entry) {
        int star = entry.indexOf('*');
        if (star < 0) {
            return entry::equals;
        }
        String before = entry.substring(0, star);
        String after = entry.substring(star + 1);
        return origin -> origin.length() >= before.length() + after.length()
                && origin.startsWith(before)
                && origin.endsWith(after);
    }
}
