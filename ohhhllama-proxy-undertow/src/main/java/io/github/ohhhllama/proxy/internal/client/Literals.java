package io.github.ohhhllama.proxy.internal.client;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.InetAddress;
import java.util.Optional;

/** Reads addresses written as numbers, in their usual form only: no short forms, no wildcards, no zones, never a name. */
final class Literals {

    private static final IPAddressStringParameters ADDRESS = parameters(false);
    private static final IPAddressStringParameters BLOCK = parameters(true);

    private Literals() {}

    /** Returns the address, an IPv4 address mapped into IPv6 as IPv4; empty if the text is none. */
    static Optional<IPAddress> address(String text) {
        return Optional.ofNullable(new IPAddressString(text, ADDRESS).getAddress())
                .map(Literals::unmapped);
    }

    /** Returns the block of addresses, or the single address, that a text names; empty if it names none. */
    static Optional<IPAddress> block(String text) {
        return Optional.ofNullable(new IPAddressString(text, BLOCK).getAddress());
    }

    /** Returns an address in the form that this room compares: without zone, never mapped. */
    static IPAddress of(InetAddress address) {
        return unmapped(new IPAddressGenerator().from(address.getAddress()));
    }

    private static IPAddress unmapped(IPAddress address) {
        return address.isIPv6() && address.toIPv6().isIPv4Mapped()
                ? address.toIPv6().getEmbeddedIPv4Address()
                : address;
    }

    private static IPAddressStringParameters parameters(boolean prefix) {
        IPAddressStringParameters.Builder builder = new IPAddressStringParameters.Builder()
                .allowEmpty(false)
                .allowAll(false)
                .allowSingleSegment(false)
                .allowWildcardedSeparator(false)
                .allowPrefix(prefix)
                .allowMask(false)
                .allow_inet_aton(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        builder.getIPv4AddressParametersBuilder().allowLeadingZeros(false);
        builder.getIPv6AddressParametersBuilder().allowZone(false);
        return builder.toParams();
    }
}
