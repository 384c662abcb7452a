package io.github.ohhhllama.proxy.internal.client;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv6.IPv6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Knows which addresses belong to proxies whose word about the client is believed. Immutable. */
public final class TrustedProxies {

    /** Addresses in full, one at a time: no wildcards, ranges, short forms or zones. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .allowMask(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .getParentBuilder()
            .toParams();

    private final List<IPAddress> networks;

    private TrustedProxies(List<IPAddress> networks) {
        this.networks = networks;
    }

    /**
     * Parses a list of networks.
     *
     * @param entries addresses or networks in CIDR notation, for instance {@code 10.0.0.0/8} or {@code ::1}
     * @throws IllegalArgumentException if an entry is neither; the message names it
     */
    public static TrustedProxies parse(List<String> entries) {
        return new TrustedProxies(entries.stream().map(TrustedProxies::network).toList());
    }

    /**
     * Tells whether an address is one of theirs.
     *
     * @param address the address; one mapped from IPv4 into IPv6 counts as IPv4
     */
    boolean contain(InetAddress address) {
        Optional<IPAddress> literal = literal(address.getHostAddress());
        return literal.isPresent() && networks.stream().anyMatch(network -> network.contains(literal.get()));
    }

    /**
     * Parses one address.
     *
     * @param text the address without port and brackets; a zone is left out
     */
    static Optional<IPAddress> literal(String text) {
        int zone = text.indexOf('%');
        try {
            IPAddress address = new IPAddressString(zone < 0 ? text : text.substring(0, zone), STRICT).toAddress();
            return address == null || address.isPrefixed() ? Optional.empty() : Optional.of(unmapped(address));
        } catch (AddressStringException | IncompatibleAddressException bad) {
            return Optional.empty();
        }
    }

    private static IPAddress network(String entry) {
        try {
            IPAddress network = new IPAddressString(entry.strip(), STRICT).toAddress();
            if (network != null && (!network.isPrefixed() || network.isPrefixBlock())) {
                return unmapped(network);
            }
        } catch (AddressStringException | IncompatibleAddressException bad) {
            throw new IllegalArgumentException(refusal(entry), bad);
        }
        throw new IllegalArgumentException(refusal(entry));
    }

    private static String refusal(String entry) {
        return "\"" + entry
                + "\" is no address and no network in CIDR notation such as 10.0.0.0/8 or fd00::/8, with all"
                + " bits behind the prefix 0";
    }

    private static IPAddress unmapped(IPAddress address) {
        IPv6Address six = address.toIPv6();
        return six != null && six.isIPv4Mapped() ? six.getEmbeddedIPv4Address() : address;
    }
}
