package io.github.ohhhllama.proxy;

import java.util.List;

/**
 * Says who is let in. Immutable.
 *
 * @param trustedProxies networks (CIDR) or addresses whose {@code X-Forwarded-For} and {@code Forwarded} are believed
 * @param allowedHosts Host names that are accepted beside the local ones
 * @param allowedOrigins browser origins that are accepted beside the local ones
 * @param allowedRegistries registries that may be pulled from although their address is local or private
 * @since 0.1.0
 */
public record Access(
        List<String> trustedProxies,
        List<String> allowedHosts,
        List<String> allowedOrigins,
        List<String> allowedRegistries) {

    /** Copies the lists. */
    public Access {
        trustedProxies = List.copyOf(trustedProxies);
        allowedHosts = List.copyOf(allowedHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedRegistries = List.copyOf(allowedRegistries);
    }
}
