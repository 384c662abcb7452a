package io.github.ohhhllama.proxy.internal.client;

import inet.ipaddr.IPAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges the {@code Host} a request was sent to, so that no foreign name that was made to point here (DNS rebinding)
 * reaches Ollama.
 *
 * <p>Local are, as in Ollama's {@code allowedHostsMiddleware}: no name, {@code localhost}, {@code *.localhost},
 * {@code *.local}, {@code *.internal}, and addresses that are loopback, private, unspecified or this machine's own; and,
 * beyond Ollama, names without a dot, which no public DNS can give. Immutable.
 */
public final class HostRules {

    private static final List<String> LOCAL_ENDINGS = List.of(".localhost", ".local", ".internal");

    private final List<Predicate<String>> allowed;
    private final Predicate<InetAddress> own;

    private HostRules(List<Predicate<String>> allowed, Predicate<InetAddress> own) {
        this.allowed = allowed;
        this.own = own;
    }

    /**
     * Creates the rules.
     *
     * @param allowedHosts further names: exact ones, {@code *.example.com}, or {@code *} for all
     * @param own tells whether an address belongs to this machine
     */
    public static HostRules of(List<String> allowedHosts, Predicate<InetAddress> own) {
        return new HostRules(allowedHosts.stream().map(HostRules::pattern).toList(), own);
    }

    /**
     * Tells whether a request may pass.
     *
     * @param header the value of {@code Host}, with or without port, or null if there is none
     */
    public boolean allows(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return true;
        }
        String host = withoutPort(header).toLowerCase(Locale.ROOT);
        Optional<IPAddress> literal = TrustedProxies.literal(host);
        if (literal.isPresent() ? isLocal(literal.get().toInetAddress()) : isLocal(host)) {
            return true;
        }
        return allowed.stream().anyMatch(pattern -> pattern.test(host));
    }

    /**
     * Tells whether a Host is an allowed name rather than an address, which Ollama answers a bare OPTIONS by.
     *
     * @param header the value of {@code Host}, or null
     */
    public boolean allowsName(@Nullable String header) {
        return allows(header)
                && (header == null
                        || TrustedProxies.literal(withoutPort(header)).isEmpty());
    }

    private static Predicate<String> pattern(String text) {
        String entry = withoutPort(text.strip().toLowerCase(Locale.ROOT));
        if (entry.equals("*")) {
            return host -> true;
        }
        return entry.startsWith("*.") ? host -> host.endsWith(entry.substring(1)) : entry::equals;
    }

    private boolean isLocal(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isSiteLocalAddress()
                || isUniqueLocal(address)
                || own.test(address);
    }

    private static boolean isLocal(String host) {
        return host.isEmpty()
                || (!host.contains(".") && !host.contains(":"))
                || LOCAL_ENDINGS.stream().anyMatch(host::endsWith);
    }

    /** RFC 4193: fc00::/7. */
    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    }

    private static String withoutPort(String header) {
        if (header.startsWith("[")) {
            int end = header.indexOf(']');
            return end < 0 ? header : header.substring(1, end);
        }
        int colon = header.indexOf(':');
        return colon >= 0 && colon == header.lastIndexOf(':') ? header.substring(0, colon) : header;
    }
}
