package io.github.ohhhllama.proxy.internal.client;

import inet.ipaddr.IPAddress;
import java.net.InetAddress;
import java.util.List;

/** Knows the proxies whose word about their clients counts. Immutable. */
public final class TrustedProxies {

    private final List<IPAddress> blocks;

    private TrustedProxies(List<IPAddress> blocks) {
        this.blocks = blocks;
    }

    /**
     * Parses a list of addresses and networks.
     *
     * @param entries addresses such as {@code 192.168.1.5} or {@code ::1}, and networks such as {@code 10.0.0.0/8}; none
     *     to trust nobody
     * @throws IllegalArgumentException if an entry is neither, or a network has bits set beyond its prefix
     */
    public static TrustedProxies parse(List<String> entries) {
        return new TrustedProxies(entries.stream().map(TrustedProxies::block).toList());
    }

    /** Tells whether an address is one of these proxies. */
    public boolean contains(InetAddress address) {
        return !blocks.isEmpty() && contains(Literals.of(address));
    }

    boolean contains(IPAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static IPAddress block(String entry) {
        IPAddress block = Literals.block(entry.strip())
                .orElseThrow(() -> invalid(entry, "expected an address or a network such as 10.0.0.0/8 or fd00::/8"));
        if (block.isPrefixed() && !block.isPrefixBlock()) {
            throw invalid(
                    entry, "the network is written " + block.toPrefixBlock().toCanonicalString());
        }
        if (block.isIPv6() && block.toIPv6().isIPv4Mapped()) {
            throw invalid(entry, "IPv4 addresses are written as such");
        }
        return block;
    }

    private static IllegalArgumentException invalid(String entry, String expected) {
        return new IllegalArgumentException("\"" + entry + "\" is not a trusted proxy: " + expected);
    }
}
