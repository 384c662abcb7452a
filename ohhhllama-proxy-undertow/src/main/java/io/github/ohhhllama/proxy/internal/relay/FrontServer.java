package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * Listens for clients: Undertow's HTTP/1.1 with a {@link RequestGuard} below each connection.
 *
 * <p>Like Ollama it knows no timeout at all and no limit of connections or bodies. Handlers get the request path
 * undecoded. Thread-safe.
 */
public final class FrontServer implements AutoCloseable {

    private static final int BUFFER_SIZE = 1 << 14;
    /** How many handlers may wait for something at once. */
    static final int WORKER_THREADS = 32;

    private static final int NO_LIMIT = 1_000_000;
    private static final int BACKLOG = 1024;
    private static final int LONGEST_END_SECONDS = 5;

    /** Whatever Go's server takes, Undertow must take too: the guard has refused the rest before. */
    private static final OptionMap UNDERTOW = OptionMap.builder()
            .set(UndertowOptions.MAX_HEADER_SIZE, 2 * RequestGuard.LONGEST_HEAD)
            .set(UndertowOptions.MAX_HEADERS, 2 * RequestGuard.MOST_FIELDS)
            .set(UndertowOptions.MAX_PARAMETERS, NO_LIMIT)
            .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
            .set(UndertowOptions.DECODE_URL, false)
            .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
            .set(UndertowOptions.ENABLE_HTTP2, false)
            .getMap();

    private static final OptionMap SOCKET = OptionMap.builder()
            .set(Options.TCP_NODELAY, true)
            .set(Options.KEEP_ALIVE, true)
            .set(Options.REUSE_ADDRESSES, true)
            .set(Options.BACKLOG, BACKLOG)
            .set(Options.CONNECTION_HIGH_WATER, NO_LIMIT)
            .set(Options.CONNECTION_LOW_WATER, NO_LIMIT)
            .getMap();

    private final AtomicBoolean closed = new AtomicBoolean();
    private final XnioWorker worker;
    private final HttpOpenListener http;
    private final ByteBufferPool buffers;
    private final StallWatches stalls;
    private final AcceptingChannel<StreamConnection> socket;

    private FrontServer(InetSocketAddress address, Path tables) throws IOException {
        stalls = new StallWatches(tables);
        buffers = new DefaultByteBufferPool(true, BUFFER_SIZE);
        http = new HttpOpenListener(buffers, UNDERTOW);
        worker = Xnio.getInstance(FrontServer.class.getClassLoader()).createWorker(threads());
        try {
            socket = worker.createStreamConnectionServer(
                    address, ChannelListeners.openListenerAdapter(this::accepted), SOCKET);
        } catch (IOException e) {
            worker.shutdownNow();
            throw e;
        }
    }

    /**
     * Takes the address; who connects waits for {@link #serve}.
     *
     * @param address where to listen; port 0 takes any free port
     * @throws UnknownHostException if the address has a name that stands for no address
     * @throws IOException if the address cannot be listened on
     */
    public static FrontServer listen(InetSocketAddress address) throws IOException {
        return listen(address, SocketTable.LINUX);
    }

    /** Does the same, and takes the tables of {@link SocketTable} from a directory. */
    static FrontServer listen(InetSocketAddress address, Path tables) throws IOException {
        if (address.isUnresolved()) {
            throw new UnknownHostException("the host to listen on is \"" + address.getHostString()
                    + "\", expected an address of this machine or a name that stands for one");
        }
        return new FrontServer(address, tables);
    }

    /**
     * Begins to answer; once only.
     *
     * @param handler gets every request that is one
     */
    public void serve(HttpHandler handler) {
        http.setRootHandler(exchange -> {
            RequestGuard.of(exchange).serve(exchange);
            handler.handleRequest(exchange);
        });
        socket.resumeAccepts();
    }

    /** Returns the port that clients reach. */
    public int port() {
        return socket.getLocalAddress(InetSocketAddress.class).getPort();
    }

    /** Stops listening; connections go on. */
    public void stopAccepting() {
        if (!closed.get()) {
            IoUtils.safeClose(socket);
        }
    }

    /**
     * Closes all connections and ends all threads; waits some seconds for handlers that are still at work. What was closed
     * before is left alone: XNIO would wait for ever for a thread that has ended.
     */
    @Override
    public void close() {
        stopAccepting();
        if (closed.getAndSet(true)) {
            return;
        }
        http.closeConnections();
        worker.shutdown();
        try {
            worker.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accepted(StreamConnection connection) {
        connection
                .getSourceChannel()
                .setConduit(new RequestGuard(connection, buffers, stalls.of(connection.getIoThread())));
        http.handleEvent(connection);
    }

    private static OptionMap threads() {
        return OptionMap.builder()
                .set(Options.WORKER_NAME, "ohhhllama-front")
                .set(Options.THREAD_DAEMON, true)
                .set(Options.WORKER_IO_THREADS, Runtime.getRuntime().availableProcessors())
                .set(Options.WORKER_TASK_CORE_THREADS, WORKER_THREADS)
                .set(Options.WORKER_TASK_MAX_THREADS, WORKER_THREADS)
                .set(Options.CONNECTION_HIGH_WATER, NO_LIMIT)
                .set(Options.CONNECTION_LOW_WATER, NO_LIMIT)
                .set(Options.TCP_NODELAY, true)
                .getMap();
    }
}
