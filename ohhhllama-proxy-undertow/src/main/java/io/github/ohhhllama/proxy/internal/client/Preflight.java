package io.github.ohhhllama.proxy.internal.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what Ollama v0.33 answers to OPTIONS from an allowed origin: 204 with these headers and one of the origin. */
public final class Preflight {

    /** The value of {@code Access-Control-Allow-Methods}. */
    public static final String ALLOW_METHODS = "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS";

    /** The value of {@code Access-Control-Allow-Headers}. */
    public static final String ALLOW_HEADERS = Stream.concat(
                    Stream.of(
                            "Authorization", "Content-Type", "User-Agent", "Accept", "X-Requested-With", "Openai-Beta"),
                    Stream.of(
                                    "Arch",
                                    "Async",
                                    "Custom-Poll-Interval",
                                    "Helper-Method",
                                    "Lang",
                                    "Os",
                                    "Package-Version",
                                    "Poll-Helper",
                                    "Retry-Count",
                                    "Runtime",
                                    "Runtime-Version",
                                    "Timeout")
                            .map(name -> "X-Stainless-" + name))
            .collect(Collectors.joining(","));

    /** The value of {@code Access-Control-Max-Age}, in seconds. */
    public static final String MAX_AGE = "43200";

    /** The values of {@code Vary}, a header each, unless every origin is allowed. */
    public static final List<String> VARY =
            List.of("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");

    private static final Map<String, String> ALLOW = Map.ofEntries(
            Map.entry("/", "HEAD, GET"),
            Map.entry("/api/version", "HEAD, GET"),
            Map.entry("/api/tags", "HEAD, GET"),
            Map.entry("/api/status", "GET"),
            Map.entry("/api/ps", "GET"),
            Map.entry("/api/show", "POST"),
            Map.entry("/api/pull", "POST"),
            Map.entry("/api/push", "POST"),
            Map.entry("/api/create", "POST"),
            Map.entry("/api/copy", "POST"),
            Map.entry("/api/delete", "DELETE"),
            Map.entry("/api/generate", "POST"),
            Map.entry("/api/chat", "POST"),
            Map.entry("/api/embed", "POST"),
            Map.entry("/api/embeddings", "POST"),
            Map.entry("/api/me", "POST"),
            Map.entry("/api/signout", "POST"),
            Map.entry("/api/experimental/web_search", "POST"),
            Map.entry("/api/experimental/web_fetch", "POST"),
            Map.entry("/api/experimental/model-recommendations", "GET"),
            Map.entry("/v1/chat/completions", "POST"),
            Map.entry("/v1/completions", "POST"),
            Map.entry("/v1/responses", "POST"),
            Map.entry("/v1/embeddings", "POST"),
            Map.entry("/v1/audio/transcriptions", "POST"),
            Map.entry("/v1/messages", "POST"),
            Map.entry("/v1/models", "GET"),
            Map.entry("/api/queue", "GET, DELETE"),
            Map.entry("/api/queue/process", "POST"),
            Map.entry("/api/queue/pause", "POST"),
            Map.entry("/api/queue/resume", "POST"),
            Map.entry("/api/queue/plan", "GET"),
            Map.entry("/api/queue/outdated", "GET"),
            Map.entry("/api/history", "GET"),
            Map.entry("/api/health", "GET"),
            Map.entry("/healthz", "HEAD, GET"),
            Map.entry("/metrics", "HEAD, GET"),
            Map.entry("/readyz", "HEAD, GET"));

    /** Paths that end in one segment of any text. */
    private static final Map<String, String> ALLOW_BELOW = Map.of(
            "/api/blobs/", "HEAD, POST",
            "/api/user/keys/", "DELETE",
            "/v1/models/", "GET",
            "/api/queue/", "GET, DELETE");

    private static final Pattern ENTRY_ACTION = Pattern.compile("/api/queue/[0-9]+/(move|retry|run-now)");

    private Preflight() {}

    /**
     * Returns the value of {@code Allow} for a path that Ollama or the proxy knows.
     *
     * @param path the decoded path
     */
    public static Optional<String> allow(String path) {
        String exact = ALLOW.get(path);
        if (exact != null) {
            return Optional.of(exact);
        }
        if (ENTRY_ACTION.matcher(path).matches()) {
            return Optional.of("POST");
        }
        String parent = path.substring(0, path.lastIndexOf('/') + 1);
        return parent.length() == path.length() ? Optional.empty() : Optional.ofNullable(ALLOW_BELOW.get(parent));
    }
}
