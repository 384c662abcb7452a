package io.github.ohhhllama.proxy.internal.client;

import inet.ipaddr.IPAddress;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides by which names this host may be called, so that no web page reaches it under a name of its own (DNS rebinding).
 *
 * <p>Local names and addresses always pass: those that Ollama takes on a loopback listener, and every name without a dot.
 * Thread-safe.
 */
public final class HostRules {

    private static final List<String> LOCAL_ENDINGS = List.of(".localhost", ".local", ".internal");

    private final boolean all;
    private final Set<String> exact = new HashSet<>();
    private final Set<String> endings = new HashSet<>();
    private final Supplier<? extends Collection<InetAddress>> interfaces;

    /** Clients name the same host again and again. */
    private volatile @Nullable String lastAllowed;

    /**
     * Creates the rules.
     *
     * @param allowed further hosts: a name or address without a port, {@code *.example.com} for all names below one, or
     *     {@code *} for every name
     * @param interfaces the addresses of this host; asked only for an address that nothing else allows
     * @throws IllegalArgumentException if an entry has none of these forms
     */
    public HostRules(List<String> allowed, Supplier<? extends Collection<InetAddress>> interfaces) {
        this.all = allowed.contains("*");
        this.interfaces = interfaces;
        allowed.stream().filter(entry -> !entry.equals("*")).forEach(this::add);
    }

    /**
     * Tells whether a request may name its target so.
     *
     * @param host the Host header, or the authority of the target in absolute form; null or empty if there was none,
     *     which HTTP/1.0 allows
     */
    public boolean allows(@Nullable String host) {
        if (all || host == null || host.equals(lastAllowed)) {
            return true;
        }
        boolean allowed = Authority.parse(host)
                .map(Authority::host)
                .filter(this::isAllowed)
                .isPresent();
        if (allowed) {
            lastAllowed = host;
        }
        return allowed;
    }

    /**
     * Tells whether a request names an allowed target by name rather than by address; only then Ollama answers an OPTIONS
     * that comes from no page.
     *
     * @param host the Host header, or the authority of the target in absolute form; null or empty if there was none
     */
    public boolean allowsAsName(@Nullable String host) {
        return allows(host)
                && (host == null
                        || Authority.parse(host)
                                .filter(authority ->
                                        Literals.address(authority.host()).isEmpty())
                                .isPresent());
    }

    private boolean isAllowed(String host) {
        String listed = withoutEnd(host);
        if (exact.contains(listed) || endings.stream().anyMatch(listed::endsWith)) {
            return true;
        }
        Optional<IPAddress> address = Literals.address(host);
        if (address.isPresent()) {
            return isLocal(address.get()) || exact.contains(address.get().toCanonicalString());
        }
        return host.indexOf('.') < 0 || LOCAL_ENDINGS.stream().anyMatch(host::endsWith);
    }

    /** Takes off the dot that ends a full name: what the operator lists is a name, however it is written. */
    private static String withoutEnd(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private boolean isLocal(IPAddress address) {
        boolean isPrivate = address.isIPv4()
                ? address.toIPv4().isPrivate()
                : address.toIPv6().isUniqueLocal();
        return isPrivate
                || address.isLoopback()
                || address.isZero()
                || interfaces.get().stream().map(Literals::of).anyMatch(address::equals);
    }

    private void add(String entry) {
        boolean isEnding = entry.startsWith("*.");
        String name = isEnding ? entry.substring(2) : entry;
        Authority authority = Authority.parse(name)
                .filter(parts -> !parts.host().isEmpty() && parts.port().isEmpty() && !name.endsWith(":"))
                .orElseThrow(() -> new IllegalArgumentException("\"" + entry
                        + "\" is not a host: expected a name or address without a port, \"*.example.com\" or \"*\""));
        if (isEnding) {
            endings.add('.' + withoutEnd(authority.host()));
        } else {
            exact.add(Literals.address(authority.host())
                    .map(IPAddress::toCanonicalString)
                    .orElseGet(() -> withoutEnd(authority.host())));
        }
    }
}
