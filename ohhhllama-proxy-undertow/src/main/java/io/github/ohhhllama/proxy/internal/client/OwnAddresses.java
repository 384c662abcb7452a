package io.github.ohhhllama.proxy.internal.client;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** Asks this host for its addresses. */
public final class OwnAddresses {

    private OwnAddresses() {}

    /** Returns the addresses of all interfaces as they are now; none if the host does not tell. */
    public static List<InetAddress> ask() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException untold) {
            return List.of();
        }
    }
}
