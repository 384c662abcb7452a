package io.github.ohhhllama.queue.internal.registry;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows which hosts are asked without a proxy: the list in {@code NO_PROXY}, read as Go does
 * ({@code golang.org/x/net/http/httpproxy} v0.46), and this machine itself. Entries nobody understands are skipped.
 * Immutable.
 */
final class NoProxy {

    /** {@code host:port} and {@code [address]:port}; an address of version 6 without brackets has no port. */
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[(.*)]|([^:\\[\\]]*)):([^:]*)");

    private static final IPAddressStringParameters USUAL_FORM = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .allowMask(false)
            .allow_inet_aton(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .toParams();

    private final boolean everything;
    private final List<Network> networks = new ArrayList<>();
    private final List<Domain> domains = new ArrayList<>();

    NoProxy(String list) {
        List<String> entries = List.of(list.toLowerCase(Locale.ROOT).split(","));
        this.everything = entries.stream().anyMatch(entry -> entry.strip().equals("*"));
        entries.stream().map(String::strip).filter(entry -> !entry.isEmpty()).forEach(this::add);
    }

    /**
     * Tells whether a host is asked directly.
     *
     * @param host its name or address, an address of version 6 with or without brackets
     * @param port the port
     */
    boolean matches(String host, int port) {
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        String name = isBracketed ? host.substring(1, host.length() - 1) : host.toLowerCase(Locale.ROOT);
        Optional<IPAddress> address = address(name);
        if (everything
                || name.equals("localhost")
                || address.filter(IPAddress::isLoopback).isPresent()) {
            return true;
        }
        return address.isPresent()
                ? networks.stream().anyMatch(network -> network.contains(address.get(), port))
                : domains.stream().anyMatch(domain -> domain.contains(name, port));
    }

    private void add(String entry) {
        Optional<IPAddress> network = address(entry);
        if (network.isPresent()) {
            networks.add(new Network(network.get().toPrefixBlock(), null));
            return;
        }
        Matcher withPort = WITH_PORT.matcher(entry);
        boolean hasPort = withPort.matches();
        String host = hasPort ? (withPort.group(1) != null ? withPort.group(1) : withPort.group(2)) : entry;
        String port = hasPort && !withPort.group(3).isEmpty() ? withPort.group(3) : null;
        Optional<IPAddress> single = address(host);
        if (single.isPresent()) {
            networks.add(new Network(single.get(), port));
        } else if (!host.isEmpty()) {
            domains.add(new Domain(host.startsWith("*.") ? host.substring(1) : host, port));
        }
    }

    private static Optional<IPAddress> address(String text) {
        return Optional.ofNullable(new IPAddressString(text, USUAL_FORM).getAddress());
    }

    private static boolean fits(@Nullable String wanted, int port) {
        return wanted == null || wanted.equals(Integer.toString(port));
    }

    private record Network(IPAddress block, @Nullable String port) {

        boolean contains(IPAddress address, int asked) {
            return block.contains(address) && fits(port, asked);
        }
    }

    /** {@code example.com} means it and all below it, {@code .example.com} what is below it. */
    private record Domain(String name, @Nullable String port) {

        boolean contains(String host, int asked) {
            boolean isBelow = host.endsWith(name.startsWith(".") ? name : '.' + name);
            return (isBelow || host.equals(name)) && fits(port, asked);
        }
    }
}
