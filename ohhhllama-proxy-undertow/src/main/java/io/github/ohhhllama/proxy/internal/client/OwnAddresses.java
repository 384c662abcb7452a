package io.github.ohhhllama.proxy.internal.client;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.function.Predicate;

/** Asks the machine whether an address is one of its own. */
public final class OwnAddresses implements Predicate<InetAddress> {

    @Override
    public boolean test(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
