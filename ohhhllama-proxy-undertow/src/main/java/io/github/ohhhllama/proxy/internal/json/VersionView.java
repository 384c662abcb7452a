package io.github.ohhhllama.proxy.internal.json;

import org.jspecify.annotations.Nullable;

/**
 * Holds Ollama's answer to {@code GET /api/version}.
 *
 * @param version for instance {@code 0.33.0}
 */
public record VersionView(@Nullable String version) {}
