package io.github.ohhhllama.proxy.internal.client;

import inet.ipaddr.IPAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which address a request comes from: the socket's, unless that is a trusted proxy. Immutable.
 *
 * <p>{@code X-Forwarded-For} and {@code Forwarded} (RFC 7239) are read from right to left over all of their lines, as the
 * proxies wrote them, up to the first address that is no trusted proxy; what stands further left was written by the client
 * and is not believed. A hop that is no address ends the walk at the proxy that named it. A proxy that knows one of the
 * two headers hands on the other as the client wrote it, so if both are there they have to agree; if they do not, the
 * socket's address counts.
 */
public final class ClientAddress {

    private static final String PORT = "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?";
    private static final int LONGEST_HOP = 300;
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]+)]" + PORT);
    private static final Pattern IPV4 = Pattern.compile("([0-9.]+)" + PORT);

    private final TrustedProxies proxies;

    /**
     * Creates the finder.
     *
     * @param proxies whose word counts
     */
    public ClientAddress(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /**
     * Returns the client's address.
     *
     * @param peer the socket's address
     * @param forwardedFor the lines of {@code X-Forwarded-For}, in their order
     * @param forwarded the lines of {@code Forwarded}, in their order
     */
    public InetAddress of(InetAddress peer, List<String> forwardedFor, List<String> forwarded) {
        if (!proxies.contains(peer)) {
            return peer;
        }
        List<String> plain = HeaderList.elements(forwardedFor);
        List<String> standard = HeaderList.elements(forwarded).stream()
                .map(ClientAddress::forParameter)
                .toList();
        IPAddress socket = Literals.of(peer);
        IPAddress byPlain = walk(socket, plain);
        IPAddress byStandard = walk(socket, standard);
        if (standard.isEmpty()) {
            return byPlain.toInetAddress();
        }
        boolean counts = plain.isEmpty() || byPlain.equals(byStandard);
        return counts ? byStandard.toInetAddress() : peer;
    }

    private IPAddress walk(IPAddress socket, List<String> hops) {
        IPAddress current = socket;
        for (int i = hops.size() - 1; i >= 0; i--) {
            Optional<IPAddress> hop = address(hops.get(i));
            if (hop.isEmpty()) {
                return current;
            }
            current = hop.get();
            if (!proxies.contains(current)) {
                return current;
            }
        }
        return current;
    }

    private static Optional<IPAddress> address(String hop) {
        String text = HeaderList.unquoted(hop);
        if (text.length() > LONGEST_HOP) {
            return Optional.empty();
        }
        for (Pattern form : new Pattern[] {BRACKETED, IPV4}) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                return Literals.address(matcher.group(1));
            }
        }
        return Literals.address(text);
    }

    /** Returns the value of {@code for}; empty, which is no address, if an element has none. */
    private static String forParameter(String element) {
        return HeaderList.parts(element).stream()
                .filter(part -> part.regionMatches(true, 0, "for=", 0, "for=".length()))
                .map(part -> part.substring("for=".length()))
                .findFirst()
                .orElse("");
    }
}
