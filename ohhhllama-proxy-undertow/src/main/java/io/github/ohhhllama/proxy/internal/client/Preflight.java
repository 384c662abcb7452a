package io.github.ohhhllama.proxy.internal.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what Ollama answers to a browser's preflight (its {@code server/routes.go}, v0.33, with gin-contrib/cors). */
public final class Preflight {

    private static final String METHODS = "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS";
    private static final String HEADERS = "Authorization,Content-Type,User-Agent,Accept,X-Requested-With,Openai-Beta,"
            + Stream.of(
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
                    .map("X-Stainless-"::concat)
                    .collect(Collectors.joining(","));
    private static final String READ = "HEAD, GET";

    /** Which methods Ollama's own paths take. */
    private static final Map<String, String> ALLOW = Map.ofEntries(
            Map.entry("/", READ),
            Map.entry("/api/version", READ),
            Map.entry("/api/tags", READ),
            Map.entry("/api/status", "GET"),
            Map.entry("/api/ps", "GET"),
            Map.entry("/v1/models", "GET"),
            Map.entry("/api/delete", "DELETE"),
            Map.entry("/api/show", "POST"),
            Map.entry("/api/pull", "POST"),
            Map.entry("/api/push", "POST"),
            Map.entry("/api/create", "POST"),
            Map.entry("/api/copy", "POST"),
            Map.entry("/api/generate", "POST"),
            Map.entry("/api/chat", "POST"),
            Map.entry("/api/embed", "POST"),
            Map.entry("/api/embeddings", "POST"),
            Map.entry("/api/me", "POST"),
            Map.entry("/api/signout", "POST"),
            Map.entry("/v1/chat/completions", "POST"),
            Map.entry("/v1/completions", "POST"),
            Map.entry("/v1/embeddings", "POST"),
            Map.entry("/v1/responses", "POST"),
            Map.entry("/v1/messages", "POST"),
            Map.entry("/api/queue", "GET, DELETE"),
            Map.entry("/api/queue/process", "POST"),
            Map.entry("/api/health", "GET"));

    private Preflight() {}

    /** Returns the fields that every allowed page gets, beside {@code Access-Control-Allow-Origin}. */
    public static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Access-Control-Allow-Headers", HEADERS);
        fields.put("Access-Control-Allow-Methods", METHODS);
        fields.put("Access-Control-Max-Age", "43200");
        return fields;
    }

    /** Returns the values of the {@code Vary} lines that a preflight is answered with. */
    public static List<String> vary() {
        return List.of("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
    }

    /**
     * Returns the value of {@code Allow}.
     *
     * @param path the decoded path
     * @return the methods, or empty if the path is not known
     */
    public static Optional<String> allow(String path) {
        return Optional.ofNullable(ALLOW.get(path));
    }
}
