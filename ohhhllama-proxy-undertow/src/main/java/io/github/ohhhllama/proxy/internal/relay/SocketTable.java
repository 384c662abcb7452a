package io.github.ohhhllama.proxy.internal.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Linux knows about all TCP connections at one moment (proc_net_tcp.txt of the kernel's documentation).
 *
 * <p>A selector does not tell that the other side is gone while bytes from it are still unread; the kernel knows. Immutable.
 */
final class SocketTable {

    /** Where Linux keeps the tables of the network that this process is in. */
    static final Path LINUX = Path.of("/proc/self/net");

    private static final String ESTABLISHED = "01";
    private static final String MAPPED = "0000000000000000FFFF0000";
    private static final int LOCAL = 1;
    private static final int PEER = 2;
    private static final int STATE = 3;
    private static final Pattern BLANKS = Pattern.compile(" +");

    private final Map<String, String> states = new HashMap<>();
    private final Set<String> ports = new HashSet<>();

    private SocketTable() {}

    /**
     * Reads the tables of IPv4 and IPv6.
     *
     * @throws IOException if they are not there, as on other systems
     */
    static SocketTable read(Path directory) throws IOException {
        SocketTable table = new SocketTable();
        table.add(directory.resolve("tcp"));
        Path newer = directory.resolve("tcp6");
        if (Files.exists(newer)) {
            table.add(newer);
        }
        return table;
    }

    /** Returns whether neither side has closed a connection, as far as this machine can know. */
    boolean isOpen(InetSocketAddress local, InetSocketAddress peer) {
        // A peer on the same machine has a row of its own, which knows of a close that is still on its way.
        return ESTABLISHED.equals(states.get(key(local, peer)))
                && ESTABLISHED.equals(states.getOrDefault(key(peer, local), ESTABLISHED));
    }

    /** Returns whether a socket of this machine has a port, as that has which accepts connections to it. */
    boolean isInUse(int port) {
        return ports.contains(written(port));
    }

    private void add(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.US_ASCII)) {
            lines.skip(1).map(String::strip).map(BLANKS::split).forEach(columns -> {
                if (columns.length > STATE) {
                    ports.add(columns[LOCAL].substring(columns[LOCAL].indexOf(':') + 1));
                    states.put(shortened(columns[LOCAL]) + shortened(columns[PEER]), columns[STATE]);
                }
            });
        }
    }

    private static String key(InetSocketAddress from, InetSocketAddress to) {
        return written(from) + written(to);
    }

    /** Writes an address as the kernel does: words of 32 bits in the machine's own order. */
    private static String written(InetSocketAddress address) {
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress().getAddress()).order(ByteOrder.nativeOrder());
        StringBuilder text = new StringBuilder();
        while (octets.hasRemaining()) {
            text.append(String.format(Locale.ROOT, "%08X", octets.getInt()));
        }
        return text.append(':').append(written(address.getPort())).toString();
    }

    private static String written(int port) {
        return String.format(Locale.ROOT, "%04X", port);
    }

    /** Returns an IPv4 address in the table of IPv6, which is where Java's sockets have theirs, as one of IPv4. */
    private static String shortened(String address) {
        return address.startsWith(MAPPED) ? address.substring(MAPPED.length()) : address;
    }
}
