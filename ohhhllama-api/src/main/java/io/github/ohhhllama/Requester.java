package io.github.ohhhllama;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Names who asked for a model.
 *
 * @param name what the queue shows: an address, or any word of your own
 * @param quotaKey what the daily limit counts by; the same for all addresses of one IPv6 network
 */
public record Requester(String name, String quotaKey) {

    private static final int SITE_BYTES = 8;

    /** Checks that both are there and neither is blank. */
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
        // InetAddress turns a mapped IPv4 address into an Inet4Address by itself.
        if (address instanceof Inet4Address) {
            return named(address.getHostAddress());
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, SITE_BYTES, bytes.length, (byte) 0);
        try {
            return new Requester(
                    withoutZone(address), InetAddress.getByAddress(bytes).getHostAddress() + "/64");
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an IPv6 address has 16 bytes, this one had " + bytes.length, impossible);
        }
    }

    private static String withoutZone(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
