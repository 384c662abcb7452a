package io.github.ohhhllama.proxy.internal.relay;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Speaks bytes over one TCP connection; a byte is a char. */
final class Wire implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FLOOD = 10_000;
    private static final int QUIET_MILLIS = 200;

    private final Socket socket;
    private final InputStream in;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        this.in = socket.getInputStream();
    }

    static Wire to(int port) throws IOException {
        SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new Wire(SocketChannel.open(address).socket());
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads up to and including the next empty line. */
    String head() throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n", Math.max(0, text.length() - 4)) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the connection ended after: " + text);
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    String read(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new IOException("the connection ended after: " + new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Reads what one call of the operating system gives. */
    String piece() throws IOException {
        byte[] bytes = new byte[1 << 16];
        int count = in.read(bytes);
        return count < 0 ? "" : new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    }

    /** Reads until the other side closes. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads until the other side closes or resets the connection; returns whether it was reset. */
    boolean isReset() throws IOException {
        try {
            in.readAllBytes();
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Reads all there is, even if the connection is reset at its end. */
    String restUntilBroken() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                all.write(octet);
            }
        } catch (SocketException reset) {
            return all.toString(StandardCharsets.ISO_8859_1);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Sends the same again and again until nobody takes it any more; returns how many bytes that were. */
    long flood(String unit) throws IOException {
        return flood(unit, Long.MAX_VALUE);
    }

    /** Does the same, and stops when so many bytes are gone. */
    long flood(String unit, long most) throws IOException {
        ByteBuffer units = ByteBuffer.wrap(unit.repeat(FLOOD).getBytes(StandardCharsets.ISO_8859_1));
        SocketChannel channel = socket.getChannel();
        long sent = 0;
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (sent < most && selector.select(QUIET_MILLIS) > 0) {
                selector.selectedKeys().clear();
                sent += channel.write(units);
                if (!units.hasRemaining()) {
                    units.rewind();
                }
            }
        }
        channel.configureBlocking(true);
        return sent;
    }

    /** Asks Linux whether neither side has closed the connection, without reading from it. */
    boolean isOpen() throws IOException {
        return SocketTable.read(SocketTable.LINUX)
                .isOpen((InetSocketAddress) socket.getLocalSocketAddress(), (InetSocketAddress)
                        socket.getRemoteSocketAddress());
    }

    /** Leaves in one of the ways in which clients do: {@code close}, {@code reset}, or {@code half} of it. */
    void leave(String way) throws IOException {
        switch (way) {
            case "close" -> close();
            case "reset" -> reset();
            default -> shutdownOutput();
        }
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
