package io.github.ohhhllama;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Names who asked for a model. Immutable.
 *
 * @param name what the queue shows: an address, or any word of your own
 * @param quotaKey what the daily limit counts by; the same for all addresses of one IPv6 network
 * @since 0.1.0
 */
public record Requester(String name, String quotaKey) {

    private static final int SITE_BYTES = 8;

    /**
     * Checks that both are there and neither is blank.
     *
     * @throws IllegalArgumentException if one is blank
     */
    public Requester {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(quotaKey, "quotaKey");
        if (name.isBlank() || quotaKey.isBlank()) {
            throw new IllegalArgumentException(
                    "name and quotaKey must not be blank, were \"" + name + "\" and \"" + quotaKey + '"');
        }
    }

    /**
     * Returns a requester that is known by a word of your own and counted by it.
     *
     * @param name the word, for instance {@code nightly-build}
     * @throws IllegalArgumentException if it is blank
     */
    public static Requester named(String name) {
        return new Requester(name, name);
    }

    /**
     * Returns the requester behind a network address: an IPv4 address (also one mapped into IPv6) is counted alone, an
     * IPv6 address with all of its /64, since that is what one household gets.
     *
     * @param address the client's address
     */
    public static Requester at(InetAddress address) {
        // Made of its bytes alone, an address has no zone, and one that is mapped into IPv6 becomes IPv4.
        InetAddress plain = ofBytes(address.getAddress());
        if (plain instanceof Inet4Address) {
            return named(plain.getHostAddress());
        }
        byte[] network = plain.getAddress();
        Arrays.fill(network, SITE_BYTES, network.length, (byte) 0);
        return new Requester(plain.getHostAddress(), ofBytes(network).getHostAddress() + "/64");
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes, this one had " + bytes.length, impossible);
        }
    }
}
