package io.github.ohhhllama.proxy.internal.client;

import inet.ipaddr.IPAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the client behind trusted proxies: the rightmost address that is not one of theirs. Immutable.
 *
 * <p>What a client writes into such a header itself stands to the left of what the first trusted proxy adds, so it is
 * never reached. {@code X-Forwarded-For} counts before {@code Forwarded} (RFC 7239), since it is what proxies set by
 * default.
 */
public final class ClientAddress {

    private final TrustedProxies trusted;

    /**
     * Creates the rule.
     *
     * @param trusted whose word is believed
     */
    public ClientAddress(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    /**
     * Returns the client's address.
     *
     * @param peer the address at the other end of the socket
     * @param forwardedFor the values of all {@code X-Forwarded-For} lines, in order
     * @param forwarded the values of all {@code Forwarded} lines, in order
     * @return the peer unless it is trusted; else the rightmost address it or another trusted proxy names that is not
     *     trusted itself, or the last trusted one before something that is no address
     */
    public InetAddress of(InetAddress peer, List<String> forwardedFor, List<String> forwarded) {
        if (!trusted.contain(peer)) {
            return peer;
        }
        InetAddress client = peer;
        for (String hop : fromTheRight(forwardedFor.isEmpty() ? named(forwarded) : elements(forwardedFor))) {
            Optional<InetAddress> address = address(hop);
            if (address.isEmpty()) {
                return client;
            }
            client = address.get();
            if (!trusted.contain(client)) {
                return client;
            }
        }
        return client;
    }

    private static List<String> fromTheRight(List<String> hops) {
        List<String> reversed = new ArrayList<>(hops);
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<String> elements(List<String> lines) {
        List<String> elements = new ArrayList<>();
        for (String line : lines) {
            for (String element : line.split(",", -1)) {
                elements.add(element.strip());
            }
        }
        return elements;
    }

    /** An element without "for" names nobody, which ends the walk like any other text that is no address. */
    private static List<String> named(List<String> lines) {
        return elements(lines).stream().map(ClientAddress::forParameter).toList();
    }

    private static String forParameter(String element) {
        for (String pair : element.split(";", -1)) {
            String trimmed = pair.strip();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith("for=")) {
                String value = trimmed.substring("for=".length());
                boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return "";
    }

    private static Optional<InetAddress> address(String hop) {
        return TrustedProxies.literal(withoutPort(hop)).map(IPAddress::toInetAddress);
    }

    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
