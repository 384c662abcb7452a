package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Runs a relay between a client and a backend whose every byte the test decides. */
final class RelayFixture implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final ServerSocket backend;
    private final Relay relay;
    private final Front front;

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

    /** Puts a handler before the relay, and tells of every exchange. */
    RelayFixture(Function<Relay, HttpHandler> handler, Traffic traffic) throws IOException {
        this(listening(), handler, Duration.ofSeconds(2), traffic, SocketTable.LINUX);
    }

    private RelayFixture(ServerSocket backend, Relay relay, Front front) throws IOException {
        this.backend = backend;
        backend.setSoTimeout(PATIENCE_MILLIS);
        this.relay = relay;
        this.front = front;
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
        this(backend, new Relay(uri(backend), connectTimeout, traffic), handler, tables);
    }

    private RelayFixture(ServerSocket backend, Relay relay, Function<Relay, HttpHandler> handler, Path tables)
            throws IOException {
        this(backend, relay, Front.own(handler.apply(relay), tables));
    }

    /** Puts the relay under a listener of somebody else, who has it at the place it wants. */
    static RelayFixture embedded(UnaryOperator<HttpHandler> site) throws IOException {
        ServerSocket backend = listening();
        Relay relay = new Relay(uri(backend), Duration.ofSeconds(2), Traffic.UNHEARD);
        return new RelayFixture(backend, relay, Front.foreign(site.apply(new Adoption(relay))));
    }

    /** What listens, and how it ends. */
    private record Front(int port, Closeable end) {

        static Front own(HttpHandler handler, Path tables) throws IOException {
            FrontServer server = FrontServer.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tables);
            server.serve(handler);
            return new Front(server.port(), server::close);
        }

        static Front foreign(HttpHandler handler) {
            Undertow server = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1")
                    .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                    .setHandler(handler)
                    .build();
            server.start();
            InetSocketAddress address =
                    (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
            return new Front(address.getPort(), server::stop);
        }
    }

    /** Has the relay look up the name of the backend, which stands for this machine, and puts a handler before it. */
    static RelayFixture named(String host, Function<Relay, HttpHandler> handler) throws IOException {
        ServerSocket backend = listening();
        URI uri = URI.create("http://" + host + ':' + backend.getLocalPort());
        Relay relay = new Relay(uri, Duration.ofSeconds(2), Traffic.UNHEARD);
        return new RelayFixture(backend, relay, handler, SocketTable.LINUX);
    }

    private static URI uri(ServerSocket backend) {
        return URI.create("http://127.0.0.1:" + backend.getLocalPort());
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    }

    int port() {
        return front.port();
    }

    /** Writes a {@link SocketTable} that has the listener, and as if nobody were connected to it. */
    void writeTableWithoutClients(Path directory) throws IOException {
        Files.writeString(
                directory.resolve("tcp"),
                String.format(Locale.ROOT, "title\n 0: 0100007F:%04X 00000000:0000 0A 0:0\n", port()));
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
        front.end().close();
        backend.close();
    }
}
