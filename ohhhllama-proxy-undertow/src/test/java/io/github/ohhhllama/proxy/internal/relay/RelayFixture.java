package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/** Runs a relay between a client and a backend whose every byte the test decides. */
final class RelayFixture implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final ServerSocket backend;
    private final Relay relay;
    private final FrontServer front;

    RelayFixture() throws IOException {
        this(relay -> relay);
    }

    /** Puts a handler before the relay. */
    RelayFixture(Function<Relay, HttpHandler> handler) throws IOException {
        this(listening(), handler, Duration.ofSeconds(2), Traffic.UNHEARD, SocketTable.LINUX);
    }

    /** Tells of every exchange. */
    RelayFixture(Traffic traffic) throws IOException {
        this(listening(), relay -> relay, Duration.ofSeconds(2), traffic, SocketTable.LINUX);
    }

    /** Puts the relay before a socket that may not accept. */
    RelayFixture(ServerSocket backend, Duration connectTimeout) throws IOException {
        this(backend, relay -> relay, connectTimeout, Traffic.UNHEARD, SocketTable.LINUX);
    }

    /** Has the relay read what the kernel knows from another directory. */
    RelayFixture(Path tables) throws IOException {
        this(listening(), relay -> relay, Duration.ofSeconds(2), Traffic.UNHEARD, tables);
    }

    private RelayFixture(
            ServerSocket backend,
            Function<Relay, HttpHandler> handler,
            Duration connectTimeout,
            Traffic traffic,
            Path tables)
            throws IOException {
        this.backend = backend;
        backend.setSoTimeout(PATIENCE_MILLIS);
        relay = new Relay(URI.create("http://127.0.0.1:" + backend.getLocalPort()), connectTimeout, traffic, tables);
        front = FrontServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler.apply(relay));
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    }

    String authority() {
        return "127.0.0.1:" + backend.getLocalPort();
    }

    Wire client() throws IOException {
        return Wire.to(front.port());
    }

    /** Waits for the relay to connect. */
    Wire accept() throws IOException {
        return new Wire(backend.accept());
    }

    /** Returns whether nobody connects for a moment. */
    boolean isLeftAlone() throws IOException {
        backend.setSoTimeout(20);
        try {
            accept().close();
            return false;
        } catch (SocketTimeoutException quiet) {
            return true;
        } finally {
            backend.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    void stopBackend() throws IOException {
        backend.close();
    }

    @Override
    public void close() throws IOException {
        relay.close();
        front.close();
        backend.close();
    }
}
